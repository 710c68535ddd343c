package io.flowforge.launcher.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.flowforge.launcher.StackException;

/**
 * The settings of a stack, checked.
 */
public final class Settings {

	private static final String PREFIX = "FLOWFORGE_";

	/** Properties of the starter, which Spring Boot reads from the environment, too. */
	private static final String STARTER_PREFIX = "FLOWFORGE_OBSERVABILITY_";

	private static final String COLLECTOR_PREFIX = "COLLECTOR_";

	/** What stack/otel-collector/*.yaml reads from the environment. */
	private static final List<String> COLLECTOR_VARIABLES = List.of("COLLECTOR_TRACES_ENDPOINT",
			"COLLECTOR_LOGS_ENDPOINT", "COLLECTOR_TRACES_EXPORTER", "COLLECTOR_LOGS_EXPORTER", "COLLECTOR_QUEUE_BYTES",
			"COLLECTOR_DETECTORS", "COLLECTOR_SLOW_MS", "COLLECTOR_SAMPLING_PERCENT", "COLLECTOR_DECISION_WAIT",
			"COLLECTOR_IMAGE", "COLLECTOR_DIGEST");

	private final Map<Setting, String> values;

	private final Map<String, String> collector;

	private Settings(Map<Setting, String> values, Map<String, String> collector) {
		this.values = values;
		this.collector = collector;
	}

	/**
	 * Read and check the settings.
	 * @param environment variables; those that are empty count as not set
	 * @return the settings
	 * @throws StackException naming every variable that is wrong, a line for each
	 */
	public static Settings of(Map<String, String> environment) {
		List<String> problems = new ArrayList<>();
		Map<Setting, String> values = new EnumMap<>(Setting.class);
		Map<String, String> collector = new TreeMap<>();
		new TreeMap<>(environment).forEach((variable, value) -> {
			if (value.isEmpty()) {
				return;
			}
			if (COLLECTOR_VARIABLES.contains(variable)) {
				collector.put(variable, value);
			}
			else if (variable.startsWith(COLLECTOR_PREFIX)) {
				// Others may have variables of that prefix: only what looks like one of
				// ours
				// is a mistake.
				Spelling.nearest(variable, COLLECTOR_VARIABLES.stream())
					.ifPresent((meant) -> problems
						.add("%s is not a setting of the Collector. Did you mean %s?".formatted(variable, meant)));
			}
			else if (variable.startsWith(PREFIX) && !variable.startsWith(STARTER_PREFIX)) {
				Setting.of(variable).ifPresentOrElse((setting) -> {
					setting.problem(value).ifPresent(problems::add);
					values.put(setting, value);
				}, () -> problems.add(unknown(variable)));
			}
		});
		Settings settings = new Settings(values, collector);
		if (problems.isEmpty()) {
			problems.addAll(settings.sharedPorts());
		}
		if (!problems.isEmpty()) {
			throw new StackException(String.join("\n", problems));
		}
		return settings;
	}

	private static String unknown(String variable) {
		return "%s is not a setting of the stack. %s".formatted(variable,
				Spelling.nearest(variable, Arrays.stream(Setting.values()).map(Setting::variable))
					.map((meant) -> "Did you mean " + meant + "?")
					.orElse("docs/reference/stack-settings.md lists all of them."));
	}

	private List<String> sharedPorts() {
		Map<Integer, Setting> owners = new HashMap<>();
		List<String> problems = new ArrayList<>();
		for (Setting setting : Setting.values()) {
			if (setting.isPort()) {
				Setting other = owners.putIfAbsent(port(setting), setting);
				if (other != null) {
					problems.add("%s and %s are both %d: give each a port of its own.".formatted(other.variable(),
							setting.variable(), port(setting)));
				}
			}
		}
		return problems;
	}

	/**
	 * The value of a setting.
	 * @param setting the setting
	 * @return its value, or its default
	 */
	public String get(Setting setting) {
		return this.values.getOrDefault(setting, setting.standard());
	}

	public boolean isSet(Setting setting) {
		return this.values.containsKey(setting);
	}

	public int port(Setting setting) {
		return Integer.parseInt(get(setting));
	}

	/**
	 * Whether a part of the stack is wanted that can be left out.
	 * @param setting the setting that leaves it out
	 * @return whether it is wanted
	 */
	public boolean wants(Setting setting) {
		String value = get(setting);
		if (value.isEmpty()) {
			return !get(Setting.PROFILE).equals("slim");
		}
		return value.equals("yes");
	}

	/**
	 * What people set for the Collector's own configuration.
	 * @return variables
	 */
	public Map<String, String> collector() {
		return this.collector;
	}

	/**
	 * Everything that is set, as variables of the environment.
	 * @return variables, without those that have their default
	 */
	public Map<String, String> toEnvironment() {
		Map<String, String> environment = new TreeMap<>(this.collector);
		this.values.forEach((setting, value) -> environment.put(setting.variable(), value));
		return environment;
	}

	/**
	 * What differs between these settings, which are in force, and what the environment
	 * says by now.
	 * @param wanted the settings of the environment
	 * @return variables that were set to something else meanwhile
	 */
	public List<String> changedBy(Settings wanted) {
		Map<String, String> inForce = toEnvironment();
		Map<String, String> now = wanted.toEnvironment();
		return Stream.concat(inForce.keySet().stream(), now.keySet().stream())
			.distinct()
			.sorted()
			.filter(now::containsKey)
			.filter((variable) -> !now.get(variable).equals(inForce.get(variable)))
			.toList();
	}

}
