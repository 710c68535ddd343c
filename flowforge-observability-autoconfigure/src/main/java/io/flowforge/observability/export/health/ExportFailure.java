package io.flowforge.observability.export.health;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import io.opentelemetry.exporter.internal.FailedExportException.GrpcExportException;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import org.jspecify.annotations.Nullable;

/**
 * Why an export failed, in words for people.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ExportFailure {

	private static final String TOO_LATE = "no success within the time-out";

	private static final String OTHER_CERTIFICATE = "the receiver's certificate is for another host";

	private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/\\s]*@");

	private static final Pattern CONTROL_CHARACTERS = Pattern.compile("[\\p{Cntrl}\\s]+");

	private static final Pattern CLOSED = Pattern.compile("connection reset|broken pipe");

	private static final Pattern OTHER_HOST = Pattern.compile("^No (name matching|subject alternative)");

	private static final int LONGEST = 200;

	private ExportFailure() {
	}

	/**
	 * Return why an export failed.
	 * @param failure what the exporter threw or reported, {@code null} if it gave no
	 * reason
	 * @return one line without credentials
	 */
	public static String reason(@Nullable Throwable failure) {
		if (failure == null) {
			return "the exporter gave no reason";
		}
		String answer = answer(failure);
		return (answer != null) ? safe("the answer was " + answer) : describe(failure);
	}

	// There is no public way to the status of the answer. Should the internal one be gone
	// in another version of the SDK, people get less to read.
	private static @Nullable String answer(Throwable failure) {
		try {
			if (failure instanceof HttpExportException http && http.getResponse() != null) {
				int status = http.getResponse().getStatusCode();
				String answer = status + " " + http.getResponse().getStatusMessage();
				return (status / 100 == 3) ? answer.strip() + " (a redirect; none is followed)" : answer;
			}
			if (failure instanceof GrpcExportException grpc && grpc.getResponse() != null) {
				return grpc.getResponse().getStatusCode() + " "
						+ Objects.toString(grpc.getResponse().getStatusDescription(), "");
			}
		}
		catch (LinkageError ex) {
			// As above.
		}
		return null;
	}

	/**
	 * Describe an exception that should not have left an exporter or a filter.
	 * @param thrown the exception
	 * @return its name and its message
	 */
	static String thrown(Throwable thrown) {
		String name = thrown.getClass().getSimpleName();
		return safe((thrown.getMessage() != null) ? name + ": " + thrown.getMessage() : name);
	}

	/**
	 * Describe why a request failed.
	 * @param failure what the client says
	 * @return the first cause that there are words for
	 */
	static String describe(Throwable failure) {
		Throwable cause = failure;
		while (true) {
			String words = words(cause);
			if (words != null) {
				return safe(words);
			}
			if (cause.getCause() == null) {
				return (cause.getMessage() != null) ? safe(cause.getMessage()) : cause.getClass().getSimpleName();
			}
			cause = cause.getCause();
		}
	}

	private static @Nullable String words(Throwable failure) {
		String message = Objects.toString(failure.getMessage(), "").toLowerCase(Locale.ROOT);
		if (failure instanceof UnknownHostException) {
			return "unknown host " + Objects.toString(failure.getMessage(), "").split("[:\\s]", 2)[0];
		}
		if (failure instanceof SSLException tls) {
			return tls(tls, message);
		}
		if (failure instanceof NoRouteToHostException) {
			return "no route to the host";
		}
		if (failure instanceof ConnectException && message.contains("refused")) {
			return "connection refused";
		}
		if (message.equals("connect timed out")) {
			return "no connection within the time-out";
		}
		// What the client calls it when a call has run out of time, or is cut off at the
		// end.
		if (failure instanceof InterruptedIOException || message.equals("canceled")
				|| message.equals("socket closed")) {
			return tooLate(failure);
		}
		if (failure instanceof EOFException || message.startsWith("unexpected end of stream")
				|| (failure instanceof SocketException && CLOSED.matcher(message).find())) {
			return "the receiver closed the connection without an answer";
		}
		if (failure instanceof ProtocolException) {
			return "the receiver does not speak HTTP at this port";
		}
		return null;
	}

	// Our sender adds what its last try failed with.
	private static String tooLate(Throwable failure) {
		Throwable[] tries = failure.getSuppressed();
		return (tries.length > 0) ? TOO_LATE + ", the last try failed: " + describe(tries[tries.length - 1]) : TOO_LATE;
	}

	private static String tls(SSLException failure, String message) {
		if (failure instanceof SSLPeerUnverifiedException) {
			return OTHER_CERTIFICATE;
		}
		if (message.contains("unrecognized ssl message")) {
			return "the receiver does not speak TLS at this port";
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateExpiredException) {
				return "the receiver's certificate has expired";
			}
			if (cause instanceof CertificateException
					&& OTHER_HOST.matcher(Objects.toString(cause.getMessage(), "")).find()) {
				return OTHER_CERTIFICATE;
			}
		}
		return (failure.getCause() instanceof CertificateException) ? "the receiver's certificate is not trusted"
				: "TLS failed: " + failure.getMessage();
	}

	// What a receiver or a library says is one short line here, without credentials.
	private static String safe(String text) {
		String line = CONTROL_CHARACTERS.matcher(CREDENTIALS.matcher(text).replaceAll("")).replaceAll(" ").strip();
		return (line.length() <= LONGEST) ? line : line.substring(0, LONGEST) + "…";
	}

}
