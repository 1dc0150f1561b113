# The public key that CleverTap's dialog shows after Generate Public Key. It is no secret.
variable "public_key_pem" {
  type    = string
  default = <<-PEM
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAyEg//5GD66+FnAeSXFYB
    7Zoz8N2cVt6qWhlkW6T0kR+fcGVl/mjwPM3t0j1TeTc6oEMYTiKEy4FcZwIeFS/D
    IVJ96KEoXNRCuPPmsGrQ1LXNEXUMVkU6qIFzyNnGYCx4CBP86ngmgVg7eWTske64
    0iT5X952NbgNtdgg5wZlayXfLtvrrA9Ot2QiFPFk2AD1spSvSTiW2dAFWxEKTrz+
    ISdFXYT1LfpPQFVa3uSsucn9OmXdCzqm1ZQGFoIZ7kbMwvnnVSNn74eyR2iJ3bEz
    JxIhVc+9/Ig1qpXB1TO3hPc0GfRlWuIal3+JMfJry7tvxRgN5ONSfPom+sXnrLZS
    fwIDAQAB
    -----END PUBLIC KEY-----
  PEM
}

# terraform output -raw assertion_key: what to register in the LINE Developers Console
output "assertion_key" {
  value = provider::clevertap::line_assertion_key(var.public_key_pem)
}
