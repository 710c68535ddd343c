package io.flowforge.launcher.slack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Collectors;

import io.flowforge.launcher.Http;
import io.flowforge.launcher.StackException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Slack's Web API, with the token of a bot. It answers 200 also to what it refuses, and
 * says so in the body.
 */
final class SlackApi {

	private final URI address;

	private final String token;

	/**
	 * Create an instance.
	 * @param address where the methods are, such as {@code https://slack.com/api/}
	 * @param token the token of a bot
	 */
	SlackApi(URI address, String token) {
		this.address = address;
		this.token = token;
	}

	/**
	 * Call a method.
	 * @param method its name, such as {@code auth.test}
	 * @param parameters what it takes
	 * @return what was answered
	 * @throws StackException if there is no answer from Slack
	 */
	Answer call(String method, Map<String, String> parameters) {
		String form = parameters.entrySet()
			.stream()
			.map((parameter) -> parameter.getKey() + "=" + Http.encoded(parameter.getValue()))
			.collect(Collectors.joining("&"));
		URI uri = this.address.resolve(method);
		try {
			HttpResponse<String> response = Http.send(HttpRequest.newBuilder(uri)
				.header("Authorization", "Bearer " + this.token)
				.header("Content-Type", "application/x-www-form-urlencoded")
				.POST(HttpRequest.BodyPublishers.ofString(form)));
			if (response.statusCode() != 200) {
				throw new StackException(
						"%s answers %d: Slack has it busy, or this is not Slack. Try again in a minute.".formatted(uri,
								response.statusCode()));
			}
			return new Answer(JsonMapper.shared().readTree(response.body()));
		}
		catch (UncheckedIOException ex) {
			throw new StackException("%s does not answer (%s): check that this machine may reach Slack, and its proxy."
				.formatted(uri, reason(ex.getCause())), ex);
		}
		catch (JacksonException ex) {
			throw new StackException("%s answers something else than JSON: this is not Slack's API.".formatted(uri),
					ex);
		}
	}

	private static String reason(IOException cause) {
		return (cause.getMessage() != null) ? cause.getMessage() : cause.getClass().getSimpleName();
	}

	/**
	 * What Slack has answered.
	 *
	 * @param json the body
	 */
	record Answer(JsonNode json) {

		boolean isOk() {
			return this.json.path("ok").asBoolean(false);
		}

		String error() {
			return this.json.path("error").asString("no reason given");
		}

		String text(String name) {
			return this.json.path(name).asString("");
		}

	}

}
