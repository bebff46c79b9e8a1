package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"
)

// tracing sends spans to a collector, by OTLP over HTTP: that at endpoint, or the one that the environment names. The tracer is nil where neither is
// given. What else OpenTelemetry's variables say holds too: headers, certificates, which traces are sampled. end sends what is left.
func tracing(ctx context.Context, endpoint string, logger *slog.Logger) (tracer trace.Tracer, end func(context.Context) error, err error) {
	var options []otlptracehttp.Option
	switch {
	case endpoint != "":
		options = append(options, otlptracehttp.WithEndpointURL(strings.TrimSuffix(endpoint, "/")+"/v1/traces"))
	case os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT") == "" && os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT") == "":
		return nil, func(context.Context) error { return nil }, nil
	}
	exporter, err := otlptracehttp.New(ctx, options...)
	if err != nil {
		return nil, nil, fmt.Errorf("--traces: %w", err)
	}
	v := versionOf()
	about, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "newsgraph"), attribute.String("service.version", v.Revision)), resource.WithFromEnv())
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return nil, nil, fmt.Errorf("--traces: %w", errors.Join(err, exporter.Shutdown(ctx)))
	}
	// The SDK tells what it cannot send to a handler of the whole program, and there is no other way to hear it.
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { logger.Warn("traces are lost", "error", err) }))
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter, sdk.WithBatchTimeout(2*time.Second)), sdk.WithResource(about), sdk.WithSpanProcessor(identifying{}))
	return provider.Tracer("newsgraph/graph"), provider.Shutdown, nil
}

// identifying gives the span of a request the id by which the log has it.
type identifying struct{}

func (identifying) OnStart(ctx context.Context, s sdk.ReadWriteSpan) {
	if id, ok := ctx.Value(requestKey{}).(string); ok && s.SpanKind() == trace.SpanKindServer {
		s.SetAttributes(attribute.String("newsgraph.request", id))
	}
}

func (identifying) OnEnd(sdk.ReadOnlySpan)           {}
func (identifying) Shutdown(context.Context) error   { return nil }
func (identifying) ForceFlush(context.Context) error { return nil }

// collector refuses what is no address of one.
func collector(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil || u.RawQuery != "" {
		return fmt.Errorf("--traces %q: write http://HOST:4318, where a collector takes OTLP over HTTP; /v1/traces is added to it", endpoint)
	}
	return nil
}
