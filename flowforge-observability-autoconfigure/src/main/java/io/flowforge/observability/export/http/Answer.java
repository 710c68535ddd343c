package io.flowforge.observability.export.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.opentelemetry.sdk.common.export.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver or a proxy answers, read as HTTP/1.1 wants it, and no more of it than
 * is of use.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112, HTTP/1.1</a>
 */
final class Answer implements HttpResponse {

	private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.(\\d) (\\d{3})(?: (.*))?");

	private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

	private static final String PROTOCOL = "HTTP/";

	private static final int LONGEST_LINE = 8192;

	private static final int MOST_HEADERS = 200;

	private final int status;

	private final String reason;

	private boolean reusable;

	private boolean chunked;

	// -1 where the end of the connection is that of the body.
	private long length = -1;

	private @Nullable String retryAfter;

	private byte[] body = new byte[0];

	private Answer(Matcher statusLine) {
		this.reusable = !statusLine.group(1).equals("0");
		this.status = Integer.parseInt(statusLine.group(2));
		this.reason = (statusLine.group(3) != null) ? statusLine.group(3).strip() : "";
	}

	/**
	 * Read an answer.
	 * @param in where it comes from
	 * @param longestBody how many bytes of its body are of use
	 * @return the answer
	 * @throws IOException if it cannot be read up to its body
	 */
	static Answer read(InputStream in, long longestBody) throws IOException {
		Answer answer = readHead(in);
		// The status says what has become of the export. The body may be cut off.
		try {
			answer.readBody(in, (int) Math.min(longestBody, Integer.MAX_VALUE - 8));
		}
		catch (IOException ex) {
			answer.reusable = false;
		}
		return answer;
	}

	/**
	 * Read an answer that is followed by something else than its body.
	 * @param in where it comes from
	 * @return the answer
	 * @throws IOException if it cannot be read
	 */
	static Answer readHead(InputStream in) throws IOException {
		while (true) {
			Matcher statusLine = STATUS_LINE.matcher(readLine(in, PROTOCOL));
			if (!statusLine.matches()) {
				throw new ProtocolException("This is not HTTP/1.1");
			}
			Answer answer = new Answer(statusLine);
			answer.readHeaders(in);
			if (answer.status >= 200) {
				return answer;
			}
		}
	}

	private void readHeaders(InputStream in) throws IOException {
		for (int number = 0; number < MOST_HEADERS; number++) {
			String line = readLine(in, "");
			if (line.isEmpty()) {
				return;
			}
			int colon = line.indexOf(':');
			if (colon > 0) {
				add(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
			}
		}
		throw new ProtocolException("The answer has too many headers");
	}

	private void add(String name, String value) throws ProtocolException {
		if (name.equalsIgnoreCase("Content-Length")) {
			this.length = number(value, 10);
		}
		else if (name.equalsIgnoreCase("Transfer-Encoding")) {
			this.chunked = value.equalsIgnoreCase("chunked");
		}
		else if (name.equalsIgnoreCase("Connection")) {
			this.reusable &= !value.toLowerCase(Locale.ROOT).contains("close");
		}
		else if (name.equalsIgnoreCase("Retry-After")) {
			this.retryAfter = value;
		}
	}

	private void readBody(InputStream in, int longest) throws IOException {
		if (this.status == 204 || this.status == 304) {
			return;
		}
		if (this.chunked) {
			readChunks(in, longest);
		}
		else {
			long wanted = (this.length < 0) ? Long.MAX_VALUE : this.length;
			this.body = in.readNBytes((int) Math.min(wanted, longest));
			// More of it may follow.
			this.reusable &= this.body.length == this.length;
		}
	}

	private void readChunks(InputStream in, int longest) throws IOException {
		ByteArrayOutputStream chunks = new ByteArrayOutputStream();
		try {
			for (long size = chunkSize(in); size > 0; size = chunkSize(in)) {
				chunks.write(in.readNBytes((int) Math.min(size, longest - chunks.size())));
				if (chunks.size() == longest) {
					this.reusable = false;
					return;
				}
				readLine(in, "");
			}
			readHeaders(in);
		}
		finally {
			this.body = chunks.toByteArray();
		}
	}

	private static long chunkSize(InputStream in) throws IOException {
		return number(readLine(in, "").split(";", 2)[0].strip(), 16);
	}

	private static long number(String digits, int radix) throws ProtocolException {
		try {
			long number = Long.parseLong(digits, radix);
			if (number >= 0) {
				return number;
			}
		}
		catch (NumberFormatException ex) {
			// As below.
		}
		throw new ProtocolException("The answer has a length that is not a number");
	}

	// A server that speaks something else may never end its line.
	private static String readLine(InputStream in, String start) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int character = in.read(); character != '\n'; character = in.read()) {
			if (character < 0) {
				throw new EOFException("The answer ends too soon");
			}
			int position = line.length();
			if (position == LONGEST_LINE || (position < start.length() && start.charAt(position) != character)) {
				throw new ProtocolException("This is not HTTP/1.1");
			}
			line.append((char) character);
		}
		int end = line.length() - 1;
		if (end >= 0 && line.charAt(end) == '\r') {
			line.setLength(end);
		}
		return line.toString();
	}

	@Override
	public int getStatusCode() {
		return this.status;
	}

	@Override
	public String getStatusMessage() {
		return this.reason;
	}

	@Override
	public byte[] getResponseBody() {
		return this.body;
	}

	/**
	 * Return whether the connection can be used again.
	 * @return whether another request may follow on it
	 */
	boolean isReusable() {
		return this.reusable;
	}

	/**
	 * Have the connection be used no more.
	 */
	void endConnection() {
		this.reusable = false;
	}

	/**
	 * Return how long the receiver wants to be left alone.
	 * @return what the {@code Retry-After} header says, in seconds or as a date, zero if
	 * there is none
	 */
	Duration retryAfter() {
		if (this.retryAfter == null) {
			return Duration.ZERO;
		}
		if (SECONDS.matcher(this.retryAfter).matches()) {
			return Duration.ofSeconds(Long.parseLong(this.retryAfter));
		}
		try {
			return Duration.between(Instant.now(),
					DateTimeFormatter.RFC_1123_DATE_TIME.parse(this.retryAfter, Instant::from));
		}
		catch (DateTimeException ex) {
			return Duration.ZERO;
		}
	}

	@Override
	public String toString() {
		return (this.status + " " + this.reason).strip();
	}

}
