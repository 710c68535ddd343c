package io.flowforge.drill.scenario;

import java.util.Map;

import io.flowforge.drill.message.Alert;
import io.flowforge.drill.message.Message;
import org.jspecify.annotations.Nullable;

/**
 * An alert that must come.
 *
 * @param alert the alert
 * @param service the service that it is about, {@code null} if it is about the stack
 * @param labels further labels that it must have
 */
public record Expectation(Alert alert, @Nullable SampleService service, Map<String, String> labels) {

	String application() {
		return (this.service != null) ? this.service.name() : "";
	}

	String channel() {
		return (this.service != null) ? this.service.channel() : "#alerts";
	}

	public String team() {
		return (this.service != null) ? this.service.team() : "platform";
	}

	/**
	 * Whether this is the alert with these labels.
	 * @param other labels of an alert
	 * @return whether it is
	 */
	boolean matches(Map<String, String> other) {
		return this.alert.label().equals(other.get("alertname"))
				&& application().equals(other.getOrDefault("application", ""))
				&& other.entrySet().containsAll(this.labels.entrySet());
	}

	boolean isIn(Message message) {
		return message.isAbout("firing", application(), this.alert.summary());
	}

	// The message says that no alert of the service fires, and need not name each of
	// them.
	boolean isAllClear(Message message) {
		return (this.service != null) ? message.status().equals("resolved") && message.title().contains(application())
				: message.isAbout("resolved", "", this.alert.summary());
	}

}
