package provider_test

import (
	"context"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/types/known/emptypb"

	"github.com/clevertap-line/terraform-provider-clevertap/internal/provider/acctest"
)

// BenchmarkStart compares what Terraform pays for each start of the provider, up to its schema, with what it pays for the least that a
// provider on the framework can be: user CPU time of real processes, side by side, and the medians of it. Terraform encrypts; without
// that, what the two have in common is less.
func BenchmarkStart(b *testing.B) {
	minimalDir := b.TempDir()
	acctest.BuildProvider(b, minimalDir, "./internal/minimalprovider")
	ours, minimal := filepath.Join(acctest.ProviderDir(b), "terraform-provider-clevertap"), filepath.Join(minimalDir, "terraform-provider-clevertap")
	for name, encrypted := range map[string]bool{"TLS": true, "plain": false} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				const rounds = 41
				var times, minimalTimes []time.Duration
				for range rounds {
					times = append(times, timeStart(b, ours, encrypted))
					minimalTimes = append(minimalTimes, timeStart(b, minimal, encrypted))
				}
				b.ReportMetric(median(times).Seconds()/median(minimalTimes).Seconds(), "x-minimal")
				b.ReportMetric(1000*median(times).Seconds(), "cpu-ms")
			}
		})
	}
}

func median(times []time.Duration) time.Duration {
	slices.Sort(times)
	return times[len(times)/2]
}

// timeStart starts a provider as Terraform does, asks for its schema and stops it.
func timeStart(b *testing.B, program string, encrypted bool) time.Duration {
	b.Helper()
	command := exec.CommandContext(b.Context(), program)
	client := plugin.NewClient(&plugin.ClientConfig{
		// See tf6server in terraform-plugin-go.
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey:   "TF_PLUGIN_MAGIC_COOKIE",
			MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		VersionedPlugins: map[int]plugin.PluginSet{6: {"provider": &connection{}}},
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		AutoMTLS:         encrypted,
		Cmd:              command,
		Logger:           hclog.NewNullLogger(),
	})
	defer client.Kill()
	protocol, err := client.Client()
	if err != nil {
		b.Fatal(err)
	}
	provider, err := protocol.Dispense("provider")
	if err != nil {
		b.Fatal(err)
	}
	// What the answer holds is looked at as it is on the wire: no package of this type is public.
	var schema emptypb.Empty
	err = provider.(*grpc.ClientConn).Invoke(b.Context(), "/tfplugin6.Provider/GetProviderSchema", &emptypb.Empty{}, &schema)
	if err != nil {
		b.Fatal(err)
	}
	const providerField = 1
	if field, _, _ := protowire.ConsumeField(schema.ProtoReflect().GetUnknown()); field != providerField {
		b.Fatalf("the schema begins with the field %d", field)
	}
	client.Kill()
	return command.ProcessState.UserTime()
}

// connection is a plugin of which the connection alone is wanted.
type connection struct{ plugin.NetRPCUnsupportedPlugin }

func (*connection) GRPCServer(*plugin.GRPCBroker, *grpc.Server) error { return nil }

func (*connection) GRPCClient(_ context.Context, _ *plugin.GRPCBroker, to *grpc.ClientConn) (any, error) {
	return to, nil
}
