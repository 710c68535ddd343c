package io.flowforge.launcher.config;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Who gets warnings outside working hours, which wake nobody in need of sleep.
 *
 * @param choice {@code owners}, as at any other time; {@code morning} for nobody until
 * working hours begin; or email addresses, separated by commas
 */
public record WarningsOffHours(String choice) {

	private static final String VARIABLE = "FLOWFORGE_WARNINGS_OFF_HOURS";

	private static final String ROUTE_OF_WORKING_HOURS = """
			    # Warnings outside working hours: FLOWFORGE_WARNINGS_OFF_HOURS.
			    - matchers: ['severity="warning"']
			      mute_time_intervals: [outside-working-hours]
			""";

	private static final String ROUTE_OF_OTHER_HOURS = """
			    - matchers: ['severity="warning"']
			      receiver: off-hours
			      active_time_intervals: [outside-working-hours]
			      continue: true
			""";

	private static final String RECEIVER = """

			  - name: off-hours
			    email_configs:
			      - to: '%s'
			        send_resolved: true
			        headers:
			          Subject: '{{ template "flowforge.email.subject" . }}'
			        text: '{{ template "flowforge.email.text" . }}'
			        html: '{{ template "flowforge.email.html" . }}'
			""";

	public WarningsOffHours {
		if (!Pattern.matches("owners|morning|" + Notifications.EMAIL_ADDRESSES, choice)) {
			throw new StackException(
					"%s=%s must be owners, morning or email addresses.".formatted(VARIABLE, ShownValue.of(choice)));
		}
	}

	/**
	 * Read the variable that a person has set.
	 * @param variables the value of a variable by its name; {@code null} or empty where
	 * it is not set
	 * @return the choice; the owners where nothing else is said
	 * @throws StackException if the value is not what the variable takes
	 */
	public static WarningsOffHours from(Function<String, @Nullable String> variables) {
		String choice = variables.apply(VARIABLE);
		return new WarningsOffHours((choice == null || choice.isEmpty()) ? "owners" : choice);
	}

	/**
	 * Put the routes in. They come last: what has a route of its own keeps it.
	 * @param configuration the text of {@code alertmanager.yml}
	 * @return the changed text
	 * @throws StackException if mails are wanted and there is no mail server
	 */
	public String in(String configuration) {
		if (this.choice.equals("owners")) {
			return configuration;
		}
		YamlText tree = YamlText.parse("alertmanager/alertmanager.yml", configuration);
		boolean mail = this.choice.contains("@");
		if (mail && YamlText.get(YamlText.get(tree.root(), "global"), "smtp_smarthost") == null) {
			throw new StackException("%s=%s is an email address: FLOWFORGE_NOTIFY must be email or slack-email."
				.formatted(VARIABLE, this.choice));
		}
		tree.insertBelow(last(YamlText.get(YamlText.get(tree.root(), "route"), "routes")),
				(mail ? ROUTE_OF_OTHER_HOURS : "") + ROUTE_OF_WORKING_HOURS);
		if (mail) {
			tree.insertBelow(last(YamlText.get(tree.root(), "receivers")), RECEIVER.formatted(this.choice));
		}
		return tree.print();
	}

	private static Node last(@Nullable Node list) {
		List<Node> items = YamlText.items(list);
		if (items.isEmpty()) {
			throw new StackException("alertmanager/alertmanager.yml has no routes or no receivers: put them back.");
		}
		return items.get(items.size() - 1);
	}

}
