package io.flowforge.samples.inbox;

import java.util.List;
import java.util.stream.Collectors;

import io.flowforge.samples.inbox.now.AlertKey;

/**
 * The control that silences an alert or ends its silences; silences.js makes it work.
 */
final class SilenceHtml {

	private SilenceHtml() {
	}

	/**
	 * Write the control for an alert.
	 * @param id id in the page
	 * @param key the alert
	 * @param silences ids of the silences it is under
	 * @return its HTML
	 */
	static String render(String id, AlertKey key, List<String> silences) {
		return control(id, silences.isEmpty() ? form(id, key) : button(id, key.inWords(), silences));
	}

	/**
	 * Write the control that ends silences.
	 * @param id id in the page
	 * @param name what is silenced
	 * @param silences ids of the silences
	 * @return its HTML
	 */
	static String unsilence(String id, String name, List<String> silences) {
		return control(id, button(id, name, silences));
	}

	private static String control(String id, String content) {
		return """
				<div class="control" id="%s">%s<p class="outcome" id="%s-outcome" role="status" data-own></p></div>
				""".formatted(id, content, id);
	}

	private static String button(String id, String name, List<String> silences) {
		return """
				<button type="button" id="%s-end" data-unsilence="%s">Unsilence<span class="unseen"> %s</span></button>
				""".formatted(id, Html.escape(String.join(" ", silences)), Html.escape(name));
	}

	private static String form(String id, AlertKey key) {
		String durations = List.of("30 30 min", "120 2 h", "1440 1 day")
			.stream()
			.map((option) -> option.split(" ", 2))
			.map((option) -> "<label><input type=\"radio\" name=\"minutes\" value=\"%s\"%s> %s</label>"
				.formatted(option[0], option[0].equals("30") ? " checked" : "", option[1]))
			.collect(Collectors.joining("\n"));
		String name = Html.escape(key.inWords());
		return """
				<details class="silence" id="%s-form">
				<summary class="button">Silence<span class="unseen"> %s</span></summary>
				<form data-alertname="%s" data-environment="%s" data-application="%s" data-cluster="%s">
				<fieldset><legend>Silence %s for</legend>%s</fieldset>
				<label class="comment">Comment <input type="text" name="comment" maxlength="300" autocomplete="off"></label>
				<button type="submit" class="primary">Silence<span class="unseen"> %s</span></button>
				</form>
				</details>
				"""
			.formatted(id, name, Html.escape(key.alertname()), Html.escape(key.environment()),
					Html.escape(key.application()), Html.escape(key.cluster()), name, durations, name);
	}

}
