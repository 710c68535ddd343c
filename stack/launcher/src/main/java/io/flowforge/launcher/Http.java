package io.flowforge.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * HTTP to the parts of the stack.
 */
public final class Http {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final HttpClient CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(TIMEOUT)
		.build();

	private Http() {
	}

	/**
	 * Whether an address answers with a status of 2xx.
	 * @param address the address
	 * @return whether it does
	 */
	public static boolean answers(URI address) {
		try {
			return send(HttpRequest.newBuilder(address).GET()).statusCode() / 100 == 2;
		}
		catch (UncheckedIOException ex) {
			return false;
		}
	}

	/**
	 * Ask for a page.
	 * @param address its address
	 * @return the body
	 * @throws UncheckedIOException if there is no answer, or one with another status than
	 * 2xx
	 */
	public static String get(URI address) {
		return send("GET", address, "");
	}

	/**
	 * Ask for JSON.
	 * @param address its address
	 * @return what was answered
	 * @throws UncheckedIOException if there is no answer, or one with another status than
	 * 2xx
	 */
	public static JsonNode json(URI address) {
		return JsonMapper.shared().readTree(get(address));
	}

	/**
	 * Send JSON.
	 * @param method the method
	 * @param address the address
	 * @param json the body
	 * @return the body of the answer
	 * @throws UncheckedIOException if there is no answer, or one with another status than
	 * 2xx
	 */
	public static String send(String method, URI address, String json) {
		HttpResponse<String> response = send(HttpRequest.newBuilder(address)
			.header("Content-Type", "application/json")
			.method(method, HttpRequest.BodyPublishers.ofString(json)));
		if (response.statusCode() / 100 != 2) {
			throw new UncheckedIOException(new IOException("%s answers %d".formatted(address, response.statusCode())));
		}
		return response.body();
	}

	/**
	 * Send a request and take whatever is answered.
	 * @param request the request, which gets a time limit of 5 seconds
	 * @return the answer
	 * @throws UncheckedIOException if there is none
	 */
	public static HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return CLIENT.send(request.timeout(TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted while waiting for an answer.", ex);
		}
	}

	/**
	 * A text as part of a query.
	 * @param text the text
	 * @return the text, encoded
	 */
	public static String encoded(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

}
