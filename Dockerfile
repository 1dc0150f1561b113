# The image of clevertap-line. GoReleaser brings the program, built for each platform.
FROM gcr.io/distroless/static-debian13:nonroot@sha256:1c2c046bc09ed40fad370b599a0b1ae7987f55b01e247cf27a7c27cd97e5bbc7
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/clevertap-line /usr/local/bin/clevertap-line
# By number, or Kubernetes cannot tell that it is not root.
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/usr/local/bin/clevertap-line"]
