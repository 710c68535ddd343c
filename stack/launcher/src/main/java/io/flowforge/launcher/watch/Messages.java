package io.flowforge.launcher.watch;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.flowforge.launcher.config.MuteTimes;
import io.flowforge.launcher.layout.Part;
import io.flowforge.launcher.runtime.Stack;
import io.flowforge.launcher.settings.Setting;
import io.flowforge.launcher.settings.Settings;

/**
 * Where the messages of a stack go, and when they are held back.
 */
public final class Messages {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEEE HH:mm 'UTC'", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private final Stack stack;

	public Messages(Stack stack) {
		this.stack = stack;
	}

	/**
	 * Where messages go.
	 * @return a sentence
	 */
	public String where() {
		Settings settings = this.stack.settings();
		String choice = settings.get(Setting.NOTIFY);
		if (choice.equals("none")) {
			return "nobody gets any: FLOWFORGE_NOTIFY=none";
		}
		List<String> ways = new ArrayList<>();
		List<String> played = new ArrayList<>();
		if (choice.contains("slack")) {
			(this.stack.configuration().hasRealSlack() ? ways : played).add("Slack");
		}
		if (choice.contains("email")) {
			(this.stack.configuration().hasRealMail() ? ways : played).add("email");
		}
		if (!played.isEmpty()) {
			ways.add("%s, played by the inbox at %s/".formatted(String.join(" and ", played),
					Part.ALERT_INBOX.address(settings)));
		}
		return String.join("; ", ways);
	}

	/**
	 * Where messages about the stack itself go, which are for whoever runs it.
	 * @return a sentence
	 */
	public String whereOfPlatform() {
		Settings settings = this.stack.settings();
		List<String> own = Arrays.stream(Setting.values())
			.filter((setting) -> setting.name().startsWith("PLATFORM_") && settings.isSet(setting))
			.map(Setting::variable)
			.toList();
		return own.isEmpty() ? "the same way; FLOWFORGE_PLATFORM_… gives them another"
				: "their own way, by " + String.join(", ", own);
	}

	/**
	 * Whether messages about an alert are held back at a time.
	 * @param labels the labels of the alert
	 * @param at the time
	 * @return whether they are
	 */
	public boolean areMuted(Map<String, String> labels, Instant at) {
		return this.stack.configuration().mutesApply()
				&& this.stack.configuration().muteTimes().find(labels, at).isPresent();
	}

	/**
	 * Say whether messages about an alert are held back at a time, and until when.
	 * @param labels the labels of the alert
	 * @param at the time
	 * @return a sentence
	 */
	public String muted(Map<String, String> labels, Instant at) {
		boolean inForce = this.stack.configuration().mutesApply();
		Optional<MuteTimes.Mute> mute = this.stack.configuration().muteTimes().find(labels, at);
		if (mute.isEmpty()) {
			return "not muted now";
		}
		String until = Optional.ofNullable(mute.get().until())
			.map((time) -> "until " + TIME.format(time))
			.orElse("at all times");
		return inForce
				? "MUTED %s, as the environment %s is in alertmanager/alertmanager.yml: no message before that"
					.formatted(until, labels.getOrDefault("environment", ""))
				: "not muted, as messages reach no real person here (they would be muted %s, as the environment %s is)"
					.formatted(until, labels.getOrDefault("environment", ""));
	}

}
