package io.flowforge.samples.inbox.now;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.stereotype.Component;

/**
 * Talks JSON with a backend. Time and size of an answer are bounded, and everything that
 * can go wrong is a {@link BackendException}.
 */
@Component
class BackendClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private static final int MAX_RESPONSE_SIZE = 8 * 1024 * 1024;

	private static final int MAX_REASON_LENGTH = 200;

	private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

	private final JsonMapper mapper;

	BackendClient(JsonMapper mapper) {
		this.mapper = mapper;
	}

	JsonNode get(String backend, URI address, String path) {
		return exchange(backend, address, request(address, path).GET());
	}

	JsonNode post(String backend, URI address, String path, Object body) {
		return exchange(backend, address, request(address, path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(this.mapper.writeValueAsString(body))));
	}

	JsonNode delete(String backend, URI address, String path) {
		return exchange(backend, address, request(address, path).DELETE());
	}

	private static HttpRequest.Builder request(URI address, String path) {
		return HttpRequest.newBuilder(URI.create(address.toString().replaceFirst("/+$", "") + path)).timeout(TIMEOUT);
	}

	private JsonNode exchange(String backend, URI address, HttpRequest.Builder request) {
		CompletableFuture<HttpResponse<byte[]>> exchange = this.client.sendAsync(request.build(),
				new BoundedBodyHandler(MAX_RESPONSE_SIZE));
		try {
			// The request's own time-out ends with the header of the response.
			HttpResponse<byte[]> response = exchange.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			String body = new String(response.body(), StandardCharsets.UTF_8);
			if (response.statusCode() / 100 != 2) {
				throw new RefusedException("%s at %s answered with status %d: %s".formatted(backend, address,
						response.statusCode(), reason(body)));
			}
			return body.isBlank() ? this.mapper.nullNode() : this.mapper.readTree(body);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BackendException("%s at %s was not asked: the inbox is stopping.".formatted(backend, address));
		}
		catch (ExecutionException | TimeoutException ex) {
			exchange.cancel(true);
			throw new BackendException("%s does not answer at %s.".formatted(backend, address));
		}
		catch (JacksonException ex) {
			throw new BackendException("%s at %s gives an answer that is not JSON.".formatted(backend, address));
		}
	}

	// Alertmanager refuses with a JSON string, Prometheus with an object.
	private String reason(String body) {
		String reason = body;
		try {
			JsonNode json = this.mapper.readTree(body);
			reason = json.isString() ? json.asString() : json.path("error").asString(body);
		}
		catch (JacksonException ex) {
			// Then the body is the reason.
		}
		String line = reason.replaceAll("\\s+", " ").strip();
		return (line.length() > MAX_REASON_LENGTH) ? line.substring(0, MAX_REASON_LENGTH) + "…" : line;
	}

	/**
	 * The backend is there and does not want to.
	 */
	static class RefusedException extends BackendException {

		private static final long serialVersionUID = 1;

		RefusedException(String message) {
			super(message);
		}

	}

}
