package io.flowforge.observability.export;

import java.io.InterruptedIOException;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import org.jspecify.annotations.Nullable;

/**
 * Why an export failed, in words for people.
 */
final class ExportFailure {

	private static final String TOO_LATE = "no success within the time-out";

	private ExportFailure() {
	}

	static String reason(@Nullable Throwable failure) {
		if (failure == null) {
			return TOO_LATE;
		}
		String answer = answer(failure);
		return (answer != null) ? "the answer was " + answer : cause(failure);
	}

	// There is no public way to the status of the answer. Should the internal one be gone
	// in another version of the SDK, people get less to read.
	private static @Nullable String answer(Throwable failure) {
		try {
			if (failure instanceof HttpExportException http && http.getResponse() != null) {
				return http.getResponse().getStatusCode() + " " + http.getResponse().getStatusMessage();
			}
			if (failure instanceof GrpcExportException grpc && grpc.getResponse() != null) {
				return grpc.getResponse().getStatusCode() + " " + grpc.getResponse().getStatusDescription();
			}
		}
		catch (LinkageError ex) {
			// As above.
		}
		return null;
	}

	// The first cause: what is around it repeats it or only says that the export failed.
	private static String cause(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null) {
			cause = cause.getCause();
		}
		// What the client calls it when a call has run out of time.
		if (cause instanceof InterruptedIOException || "Canceled".equals(cause.getMessage())) {
			return TOO_LATE;
		}
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

}
