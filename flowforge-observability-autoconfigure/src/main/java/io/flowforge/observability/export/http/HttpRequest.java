package io.flowforge.observability.export.http;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import org.jspecify.annotations.Nullable;

/**
 * A request to export something, but for its first line, which depends on the way that it
 * takes.
 *
 * @param headers the headers, each with the end of its line
 * @param hasHost whether the host is among them
 * @param body the body, which may be written more than once
 */
record HttpRequest(String headers, boolean hasHost, MessageWriter body) {

	private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	// They say where the body ends, which a service cannot know.
	private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

	/**
	 * Make a request.
	 * @param config the type of the body, and the headers that the service adds
	 * @param compressor compresses the body, {@code null} to leave it as it is
	 * @param message the body
	 * @return the request
	 * @throws IOException if the body cannot be compressed
	 */
	static HttpRequest of(HttpSenderConfig config, @Nullable Compressor compressor, MessageWriter message)
			throws IOException {
		StringBuilder headers = new StringBuilder(256);
		boolean hasHost = false;
		Map<String, List<String>> own = config.getHeadersSupplier().get();
		if (own != null) {
			for (Map.Entry<String, List<String>> header : own.entrySet()) {
				String name = header.getKey().toLowerCase(Locale.ROOT);
				hasHost |= name.equals("host");
				if (!FRAMING.contains(name)) {
					header.getValue().forEach((value) -> append(headers, header.getKey(), value));
				}
			}
		}
		MessageWriter body = message;
		if (compressor != null) {
			body = new CompressedMessage(message, compressor);
			append(headers, "Content-Encoding", compressor.getEncoding());
		}
		append(headers, "Content-Type", config.getContentType());
		append(headers, "Content-Length", String.valueOf(body.getContentLength()));
		return new HttpRequest(headers.toString(), hasHost, body);
	}

	private static void append(StringBuilder headers, String name, String value) {
		if (!NAME.matcher(name).matches()) {
			throw new IllegalArgumentException("a header has an invalid name");
		}
		// The value may be a secret, and what is said here is logged.
		if (value.chars().anyMatch(HttpRequest::isControl)) {
			throw new IllegalArgumentException(
					"the value of the header " + name + " contains a line break or another control character");
		}
		headers.append(name).append(": ").append(value).append("\r\n");
	}

	private static boolean isControl(int character) {
		return (character < ' ' && character != '\t') || character == 0x7F;
	}

}
