package io.flowforge.observability.tracing.sampling;

import java.time.Duration;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.ReadableSpan;

/**
 * Decides which traces are sampled: those whose local root ended in an exception, and
 * those of requests with a 5xx response or a latency above the service's limit.
 */
final class TailSamplingPolicy {

	/**
	 * Key of the response's status in Spring's default convention.
	 */
	static final String STATUS = "status";

	/**
	 * Key of the response's status in OpenTelemetry's semantic conventions.
	 */
	static final String STATUS_CODE = "http.response.status_code";

	private static final AttributeKey<String> STATUS_ATTRIBUTE = AttributeKey.stringKey(STATUS);

	private static final AttributeKey<String> STATUS_CODE_ATTRIBUTE = AttributeKey.stringKey(STATUS_CODE);

	private static final AttributeKey<Long> NUMERIC_STATUS_CODE_ATTRIBUTE = AttributeKey.longKey(STATUS_CODE);

	private final long limitNanos;

	TailSamplingPolicy(Duration limit) {
		this.limitNanos = limit.toNanos();
	}

	boolean shouldSample(ReadableSpan root) {
		return (root.getKind() == SpanKind.SERVER && (isSlow(root.getLatencyNanos()) || hasServerError(root)))
				|| root.toSpanData().getStatus().getStatusCode() == StatusCode.ERROR;
	}

	boolean isSlow(long latencyNanos) {
		return latencyNanos > this.limitNanos;
	}

	static boolean isServerError(String status) {
		return status.length() == 3 && status.charAt(0) == '5';
	}

	private static boolean hasServerError(ReadableSpan root) {
		String status = root.getAttribute(STATUS_ATTRIBUTE);
		String statusCode = (status != null) ? status : root.getAttribute(STATUS_CODE_ATTRIBUTE);
		if (statusCode != null) {
			return isServerError(statusCode);
		}
		Long number = root.getAttribute(NUMERIC_STATUS_CODE_ATTRIBUTE);
		return number != null && number >= 500;
	}

}
