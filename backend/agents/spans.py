"""A turn as OpenTelemetry spans: the turn, its steps, the calls of the model; the only importer of opentelemetry.

Installed with `pip install "support-desk[tracing]"`; imported only when OTEL_EXPORTER_OTLP_ENDPOINT is set. The
exporter reads its own settings (OTEL_EXPORTER_OTLP_HEADERS, OTEL_SERVICE_NAME, …) as its specification names them.
"""

from datetime import datetime, timedelta
from typing import Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, StatusCode, set_span_in_context

from backend.agents.watching import Watched, began_at
from backend.domain.trace import Step

#: How turns end that an operator has to look into.
_FAILED = frozenset({"error", "unavailable"})


class Spans:
    """Sends finished turns in batches from a thread of its own; what cannot be sent is dropped."""

    def __init__(self, endpoint: str) -> None:
        """`endpoint` as in OTEL_EXPORTER_OTLP_ENDPOINT: the collector's address, without /v1/traces."""
        resource = Resource({SERVICE_NAME: "support-desk"}).merge(OTELResourceDetector().detect())
        self._provider = TracerProvider(resource=resource)
        exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces", timeout=5)
        self._provider.add_span_processor(BatchSpanProcessor(exporter))
        self._tracer = self._provider.get_tracer("support-desk")

    def record(self, turn: Watched) -> None:
        """One trace: no text, no name, no id that opens anything."""
        named = {"tenant": turn.tenant, "session": turn.session, "intent": turn.intent, "outcome": turn.outcome}
        request = _request_id()
        attributes: dict[str, Any] = named | ({"request_id": request} if request else {})
        if turn.reply is not None:
            attributes["degraded"] = [missing.engine for missing in turn.reply.degraded]
        root = self._tracer.start_span("turn", start_time=_ns(turn.began), attributes=attributes)
        if turn.outcome in _FAILED:
            root.set_status(StatusCode.ERROR)
        self._steps(turn, root)
        for call in turn.calls:
            context = set_span_in_context(root)
            end = call.at
            used: dict[str, Any] = {"model": call.model, "outcome": call.outcome, "prompt_tokens": call.prompt_tokens}
            used["completion_tokens"] = call.completion_tokens
            begin = _ns(end - timedelta(seconds=call.seconds))
            self._tracer.start_span(f"model {call.purpose}", context, start_time=begin, attributes=used).end(_ns(end))
        root.end(_ns(turn.began + timedelta(milliseconds=turn.trace.elapsed_ms())))

    def close(self) -> None:
        """Send what waits."""
        self._provider.shutdown()

    def _steps(self, turn: Watched, root: Span) -> None:
        """Each step under the nearest one that was still running when it began."""
        open_steps: list[tuple[Step, Span]] = []
        for step in turn.trace.steps:
            open_steps = [(s, span) for s, span in open_steps if s.at_ms + s.ms >= step.at_ms + step.ms]
            context = set_span_in_context(open_steps[-1][1] if open_steps else root)
            attributes = {"kind": step.kind, "outcome": step.outcome}
            begin = began_at(turn, step)
            span = self._tracer.start_span(
                f"{step.kind} {step.name}", context, start_time=_ns(begin), attributes=attributes
            )
            if step.failed:
                span.set_status(StatusCode.ERROR)
            span.end(_ns(begin + timedelta(milliseconds=step.ms)))
            open_steps.append((step, span))


def _request_id() -> str:
    import structlog

    return str(structlog.contextvars.get_contextvars().get("request_id", ""))


def _ns(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000) * 1000
