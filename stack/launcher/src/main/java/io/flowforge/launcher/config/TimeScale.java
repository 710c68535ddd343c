package io.flowforge.launcher.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.flowforge.launcher.StackException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * How many times faster than usual the alerting runs. Every duration of a configuration
 * is divided by the factor: with 20, {@code for: 5m} becomes {@code for: 15s}. A drill or
 * a test then sees the very same rules, only sooner.
 * <p>
 * At 150 a {@code scrape_interval} of 15s is 100ms, about as fast as scrapes still come
 * at an even pace. Windows shrink with it, so a rate keeps its twenty samples at any
 * factor. No duration is rounded down to 0: that would not mean "short" but "off".
 *
 * @param factor the factor, from 1 to 150
 */
public record TimeScale(double factor) {

	/**
	 * Normal speed.
	 */
	public static final TimeScale NORMAL = new TimeScale(1);

	static final String DURATION = "(?:[0-9]+(?:ms|[smhdwy]))+";

	private static final double MAXIMUM = 150;

	private static final Pattern FACTOR = Pattern.compile("[0-9]+(\\.[0-9]+)?");

	private static final Pattern AMOUNT = Pattern.compile("([0-9]+)(ms|[smhdwy])");

	private static final Pattern WHOLE_DURATION = Pattern.compile(DURATION);

	private static final Pattern FLAG = Pattern
		.compile("(?m)^(--[a-z0-9.-]+=[\"']?)(" + DURATION + ")(?=[\"']?[ \\t\\r]*(#.*)?$)");

	private static final Map<String, Long> MILLISECONDS = Map.of("ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L,
			"d", 86_400_000L, "w", 604_800_000L, "y", 31_536_000_000L);

	private static final Set<String> DURATIONS = Set.of("for", "keep_firing_for", "interval", "scrape_interval",
			"evaluation_interval", "group_wait", "group_interval", "repeat_interval", "resolve_timeout");

	private static final String SCRAPE_TIMEOUT = "scrape_timeout";

	private static final String SCRAPE_INTERVAL = "scrape_interval";

	// What people named or wrote, whatever it looks like.
	private static final Set<String> TEXTS = Set.of("labels", "annotations");

	public TimeScale {
		if (!(factor >= 1 && factor <= MAXIMUM)) {
			throw refused(String.valueOf(factor));
		}
	}

	/**
	 * Read a factor.
	 * @param factor a number, such as {@code 20}
	 * @return the scale
	 * @throws StackException if it is not a number from 1 to 150
	 */
	public static TimeScale parse(String factor) {
		if (!FACTOR.matcher(factor).matches()) {
			throw refused(factor);
		}
		double number = Double.parseDouble(factor);
		if (!(number >= 1 && number <= MAXIMUM)) {
			throw refused(factor);
		}
		return new TimeScale(number);
	}

	private static StackException refused(String factor) {
		return new StackException(
				"The factor must be a number from 1 to 150, not '%s'.".formatted(ShownValue.of(factor)));
	}

	/**
	 * Shorten the durations of a rule file, a {@code prometheus.yml} or an
	 * {@code alertmanager.yml}: the values of keys such as {@code for}, and every range
	 * and offset in an {@code expr}.
	 * @param name the file's name, for the message if it is not YAML
	 * @param text the file's text
	 * @return the shortened text
	 */
	public String shortenYaml(String name, String text) {
		if (this.factor == 1) {
			return text;
		}
		YamlText yaml = YamlText.parse(name, text);
		shorten(yaml, yaml.root());
		return yaml.print();
	}

	/**
	 * Shorten the durations of flags, one a line: {@code --query.lookback-delta=5m}.
	 * @param text the flags
	 * @return the shortened text
	 */
	public String shortenFlags(String text) {
		return (this.factor != 1) ? FLAG.matcher(text)
			.replaceAll((flag) -> Matcher.quoteReplacement(flag.group(1) + shorten(flag.group(2)))) : text;
	}

	private void shorten(YamlText yaml, @Nullable Node node) {
		if (!(node instanceof MappingNode mapping)) {
			YamlText.items(node).forEach((item) -> shorten(yaml, item));
			return;
		}
		for (NodeTuple entry : mapping.getValue()) {
			String key = (entry.getKeyNode() instanceof ScalarNode scalar) ? scalar.getValue() : "";
			if (!(entry.getValueNode() instanceof ScalarNode value)) {
				if (!TEXTS.contains(key)) {
					shorten(yaml, entry.getValueNode());
				}
			}
			else if (key.equals("expr")) {
				shortenExpression(yaml, value);
			}
			else if (key.equals(SCRAPE_TIMEOUT)) {
				yaml.replace(value, timeout(mapping, value.getValue()));
			}
			else if (DURATIONS.contains(key) && WHOLE_DURATION.matcher(value.getValue()).matches()) {
				yaml.replace(value, shorten(value.getValue()));
			}
		}
	}

	// A service answers no sooner because time runs faster: it gets as long as there is,
	// which is until the next scrape.
	private String timeout(MappingNode scraping, String timeout) {
		String interval = scraping.getValue()
			.stream()
			.filter((entry) -> entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals(SCRAPE_INTERVAL))
			.map((entry) -> ((ScalarNode) entry.getValueNode()).getValue())
			.findFirst()
			.orElse(timeout);
		return (milliseconds(timeout) < milliseconds(interval) / this.factor) ? timeout : shorten(interval);
	}

	private void shortenExpression(YamlText yaml, ScalarNode expression) {
		if (expression.getScalarStyle() != ScalarStyle.SINGLE_QUOTED
				&& expression.getScalarStyle() != ScalarStyle.DOUBLE_QUOTED) {
			yaml.edit(expression, (source) -> PromqlDurations.replace(source, this::shorten));
			return;
		}
		String shortened = PromqlDurations.replace(expression.getValue(), this::shorten);
		if (!shortened.equals(expression.getValue())) {
			yaml.replace(expression, shortened);
		}
	}

	private String shorten(String duration) {
		long total = milliseconds(duration);
		if (total == 0) {
			return "0s";
		}
		long shortened = Math.max(1, Math.round(total / this.factor));
		return (shortened % 1000 == 0) ? shortened / 1000 + "s" : shortened + "ms";
	}

	private static long milliseconds(String duration) {
		return AMOUNT.matcher(duration)
			.results()
			.collect(Collectors
				.summingLong((amount) -> Long.parseLong(amount.group(1)) * MILLISECONDS.get(amount.group(2))));
	}

}
