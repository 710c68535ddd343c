package io.flowforge.launcher.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Who gets the mails of which team: a file of the platform's, because no label of a
 * service may choose who gets mail.
 *
 * @param addresses the addresses of each team, separated by commas
 */
record TeamAddresses(Map<String, String> addresses) {

	// They become text of a template.
	private static final Pattern TEAM = Pattern.compile("[\\p{L}\\p{N} ._@&+/-]{1,100}");

	/**
	 * Read the file that a person has named.
	 * @param file a YAML file with a line for each team: its name, and its address
	 * @return the addresses
	 * @throws StackException if the file is not as it should be
	 */
	static TeamAddresses read(Path file) {
		String name = "FLOWFORGE_TEAM_ADDRESSES=" + ShownValue.of(file.toString());
		if (!Files.isRegularFile(file)) {
			throw new StackException(
					"%s is no file: name one with a line such as 'checkout: checkout@example.com' for each team."
						.formatted(name));
		}
		if (!(YamlText.parse(file.toString(), TextFile.read(file)).root() instanceof MappingNode teams)) {
			throw new StackException(
					"%s has no teams: write a line such as 'checkout: checkout@example.com' for each.".formatted(name));
		}
		Map<String, String> addresses = new TreeMap<>();
		for (NodeTuple entry : teams.getValue()) {
			String team = text(entry.getKeyNode());
			String address = text(entry.getValueNode());
			if (!TEAM.matcher(team).matches()) {
				throw new StackException("%s: the team %s must be a name of letters, digits, blanks and . _ @ & + / -."
					.formatted(name, ShownValue.of(team)));
			}
			if (!Pattern.matches(Notifications.EMAIL_ADDRESSES, address)) {
				throw new StackException(
						"%s: what team %s has must be email addresses, separated by commas.".formatted(name, team));
			}
			addresses.put(team, address);
		}
		return new TeamAddresses(addresses);
	}

	private static String text(@Nullable Node node) {
		return (node instanceof ScalarNode scalar) ? scalar.getValue().strip() : "";
	}

	/**
	 * The recipients of a mail: those of each team that one of its alerts is for, each
	 * once. A message about several services may be for several teams.
	 * @param others the addresses for all teams that are not in the file
	 * @return a template of Alertmanager
	 */
	String recipients(String others) {
		if (this.addresses.isEmpty()) {
			return others;
		}
		StringBuilder flags = new StringBuilder("{{ $some := 0 }}{{ $others := 0 }}");
		StringBuilder branches = new StringBuilder();
		int number = 0;
		for (Map.Entry<String, String> team : this.addresses.entrySet()) {
			String flag = "$team" + number++;
			flags.append("{{ %s := 0 }}".formatted(flag));
			branches.append("{{ %s eq .Labels.team \"%s\" }}".formatted((branches.isEmpty()) ? "if" : "else if",
					team.getKey()));
			branches.append(once(flag, team.getValue()));
		}
		return "%s{{ range .Alerts }}%s{{ else }}%s{{ end }}{{ end }}".formatted(flags, branches,
				once("$others", others));
	}

	private static String once(String flag, String addresses) {
		return "{{ if not %1$s }}{{ %1$s = 1 }}{{ if $some }}, {{ end }}{{ $some = 1 }}%2$s{{ end }}".formatted(flag,
				addresses);
	}

}
