package io.flowforge.launcher.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.flowforge.launcher.Repository;
import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * What Alertmanager runs on: the tree of {@code alertmanager/alertmanager.yml}, with the
 * channels of {@code alertmanager/receivers/} and a person's receivers and values put in.
 */
public final class AlertmanagerConfiguration {

	private static final String TREE = "alertmanager/alertmanager.yml";

	private static final String OWNERS = "owners";

	private static final String PLATFORM = "platform";

	private AlertmanagerConfiguration() {
	}

	/**
	 * Put the configuration together.
	 * @param repository where the files are
	 * @param notifications where messages go
	 * @param muted whether messages about what wakes nobody wait for the morning, as the
	 * tree says; if not, they are sent at any time
	 * @return the text of {@code alertmanager.yml}
	 * @throws StackException if one of the files is not as it should be
	 */
	public static String assemble(Repository repository, Notifications notifications, boolean muted) {
		String text = TextFile.read(repository.file(TREE));
		Map<String, NotificationChannels> choices = Map.of(OWNERS, notifications.channels(), PLATFORM,
				notifications.platformChannels());
		// The last one stands on top.
		for (String channel : List.of("email", "slack")) {
			Set<String> receivers = choices.keySet()
				.stream()
				.filter((receiver) -> choices.get(receiver).has(channel))
				.collect(Collectors.toSet());
			if (!receivers.isEmpty()) {
				String file = "alertmanager/receivers/%s.yml".formatted(channel);
				text = withChannel(YamlText.parse(TREE, text),
						YamlText.parse(file, TextFile.read(repository.file(file))), receivers::contains);
			}
		}
		if (notifications.receivers() != null) {
			for (Map.Entry<String, String> file : new ReceiverFolder(notifications.receivers()).receivers()
				.entrySet()) {
				YamlText receivers = YamlText.parse(file.getKey(), file.getValue());
				checkAddition(YamlText.parse(TREE, text), receivers, file.getKey());
				text = withChannel(YamlText.parse(TREE, text), receivers, (name) -> true);
			}
		}
		YamlText tree = YamlText.parse(TREE, text);
		putValues(tree, notifications);
		if (!muted) {
			removeMuteTimes(tree, YamlText.get(tree.root(), "route"));
		}
		return tree.print();
	}

	private static String withChannel(YamlText tree, YamlText channel, Predicate<String> receivers) {
		if (YamlText.get(channel.root(), "global") != null) {
			tree.insertBelow(tree.key(tree.root(), "global"),
					channel.linesBelow(channel.key(channel.root(), "global"), 1));
		}
		for (Node addition : YamlText.items(YamlText.get(channel.root(), "receivers"))) {
			String name = String.valueOf(YamlText.text(addition, "name"));
			if (!receivers.test(name)) {
				continue;
			}
			Node receiver = receiver(tree, name);
			if (receiver == null) {
				throw new StackException("%s has no receiver '%s': put it back.".formatted(TREE, name));
			}
			tree.insertBelow(tree.key(receiver, "name"),
					channel.linesBelow(channel.key(addition, "name"), addition.getStartMark().getColumn()));
		}
		return tree.print();
	}

	// YAML has each key once.
	private static void checkAddition(YamlText tree, YamlText channel, String file) {
		List<Node> additions = YamlText.items(YamlText.get(channel.root(), "receivers"));
		if (additions.isEmpty()) {
			throw new StackException(
					"%s has no receivers: copy one of alertmanager/receivers/examples, and change it.".formatted(file));
		}
		for (Node addition : additions) {
			Node receiver = receiver(tree, String.valueOf(YamlText.text(addition, "name")));
			for (String key : keys(addition)) {
				if (!key.equals("name") && receiver != null && YamlText.get(receiver, key) != null) {
					throw new StackException(
							"%s: the receiver has %s already: put both below one %s, or leave the other out by FLOWFORGE_NOTIFY."
								.formatted(file, key, key));
				}
			}
		}
	}

	private static List<String> keys(Node node) {
		return (node instanceof MappingNode mapping) ? mapping.getValue()
			.stream()
			.map((entry) -> (entry.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "")
			.toList() : List.of();
	}

	private static @Nullable Node receiver(YamlText tree, String name) {
		for (Node receiver : YamlText.items(YamlText.get(tree.root(), "receivers"))) {
			if (name.equals(YamlText.text(receiver, "name"))) {
				return receiver;
			}
		}
		return null;
	}

	private static void putValues(YamlText tree, Notifications notifications) {
		Node owners = receiver(tree, OWNERS);
		put(tree, YamlText.get(receiver(tree, "dead-mans-switch"), "webhook_configs"), "url",
				notifications.watchdogUrl());
		putRecipients(tree, YamlText.get(owners, "email_configs"), notifications);
		putChannel(tree, YamlText.get(owners, "slack_configs"), notifications.slackChannel());
		putPlatform(tree, receiver(tree, PLATFORM), notifications);
		if (!notifications.channels().hasEmail() && !notifications.platformChannels().hasEmail()) {
			return;
		}
		Node global = YamlText.get(tree.root(), "global");
		putIn(tree, global, "smtp_smarthost", notifications.smarthost());
		putIn(tree, global, "smtp_require_tls", notifications.requireTls());
		putIn(tree, global, "smtp_from", notifications.from());
		if (notifications.username() != null) {
			putCredentials(tree, global, owners, notifications);
		}
	}

	// What is global goes to every mail server that has no user of its own.
	private static void putCredentials(YamlText tree, @Nullable Node global, @Nullable Node owners,
			Notifications notifications) {
		String lines = """
				auth_username: '%s'
				auth_password_file: secrets/smtp-password
				""".formatted(notifications.username());
		if (notifications.platform().smarthost() == null) {
			Node from = tree.key(global, "smtp_from");
			tree.insertBelow(from,
					lines.replaceAll("(?m)^", "smtp_")
						.replaceAll("smtp_$", "")
						.indent(from.getStartMark().getColumn()));
			return;
		}
		for (Node email : YamlText.items(YamlText.get(owners, "email_configs"))) {
			Node to = tree.key(email, "to");
			tree.insertBelow(to, lines.indent(to.getStartMark().getColumn()));
		}
	}

	private static void putPlatform(YamlText tree, @Nullable Node receiver, Notifications notifications) {
		PlatformNotifications platform = notifications.platform();
		for (Node slack : YamlText.items(YamlText.get(receiver, "slack_configs"))) {
			putIn(tree, slack, "channel",
					(platform.slackChannel() != null) ? platform.slackChannel() : notifications.slackChannel());
			if (platform.ownSlack()) {
				putIn(tree, slack, "api_url_file", "secrets/platform-slack-api-url");
				putIn(tree, YamlText.get(YamlText.get(slack, "http_config"), "authorization"), "credentials_file",
						"secrets/platform-slack-bot-token");
			}
		}
		for (Node email : YamlText.items(YamlText.get(receiver, "email_configs"))) {
			String to = (platform.to() != null) ? platform.to() : notifications.teams().get(PLATFORM);
			putIn(tree, email, "to", (to != null) ? to : notifications.to());
			if (platform.smarthost() != null) {
				Node above = tree.key(email, "to");
				tree.insertBelow(above, mailServer(platform).indent(above.getStartMark().getColumn()));
			}
		}
	}

	private static String mailServer(PlatformNotifications platform) {
		StringBuilder lines = new StringBuilder("smarthost: '%s'%n".formatted(platform.smarthost()));
		if (platform.requireTls() != null) {
			lines.append("require_tls: %s%n".formatted(platform.requireTls()));
		}
		if (platform.username() != null) {
			lines.append("auth_username: '%s'%n".formatted(platform.username()));
			lines.append("auth_password_file: secrets/platform-smtp-password%n".formatted());
		}
		return lines.toString();
	}

	private static void putRecipients(YamlText tree, @Nullable Node list, Notifications notifications) {
		for (Node item : YamlText.items(list)) {
			String others = (notifications.to() != null) ? notifications.to()
					: String.valueOf(YamlText.text(item, "to"));
			putIn(tree, item, "to", new TeamAddresses(notifications.teams()).recipients(others));
		}
	}

	private static void put(YamlText tree, @Nullable Node list, String key, @Nullable String value) {
		YamlText.items(list).forEach((item) -> putIn(tree, item, key, value));
	}

	private static void putIn(YamlText tree, @Nullable Node node, String key, @Nullable String value) {
		if (value != null && YamlText.get(node, key) instanceof ScalarNode scalar) {
			tree.replace(scalar, value);
		}
	}

	// A template, whose last branch is the channel of services that name none.
	private static void putChannel(YamlText tree, @Nullable Node list, @Nullable String channel) {
		if (channel == null) {
			return;
		}
		for (Node item : YamlText.items(list)) {
			String template = String.valueOf(YamlText.text(item, "channel"));
			int branch = template.indexOf("{{ else }}");
			putIn(tree, item, "channel",
					(branch < 0) ? channel : template.substring(0, branch) + "{{ else }}" + channel + "{{ end }}");
		}
	}

	// A route may stand in several places: a change is the same one then.
	private static void removeMuteTimes(YamlText tree, @Nullable Node route) {
		if (route instanceof MappingNode mapping) {
			tree.remove(mapping, "mute_time_intervals");
		}
		YamlText.items(YamlText.get(route, "routes")).forEach((child) -> removeMuteTimes(tree, child));
	}

}
