package io.flowforge.observability.redaction;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Tells the keys whose values must not leave the service from all others.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class SecretKeys {

	/**
	 * What leaves the service instead of a secret value.
	 */
	public static final String REDACTED = "[redacted]";

	// Spring Security's observations say with these what was decided, not with what.
	private static final String DECISIONS = "spring.security.authorization.";

	private static final Pattern SEPARATORS = Pattern.compile("[-_.\\s]");

	// Code has a few hundred keys at most; those that callers make up have no end.
	private static final int MAX_VERDICTS = 1000;

	private final List<String> words;

	private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

	private SecretKeys(RedactionProperties properties) {
		this.words = properties.keys().stream().map(SecretKeys::normalize).toList();
	}

	/**
	 * The secret keys of a service. Unusable ones are not refused here, where it may be
	 * too early to say why: until the check of all settings does, the default holds.
	 * @param environment the environment of the service
	 * @return the keys that {@code flowforge.observability.redaction.keys} describes
	 */
	public static SecretKeys of(Environment environment) {
		try {
			return new SecretKeys(bind(Binder.get(environment)));
		}
		catch (BindException ex) {
			return new SecretKeys(bind(new Binder(new MapConfigurationPropertySource())));
		}
	}

	private static RedactionProperties bind(Binder binder) {
		return binder.bindOrCreate(RedactionProperties.PREFIX, RedactionProperties.class);
	}

	/**
	 * Whether the value of a key must not leave the service.
	 * @param key the key
	 * @return whether it looks like that of a secret
	 */
	public boolean matches(String key) {
		Boolean verdict = this.verdicts.get(key);
		return (verdict != null) ? verdict : judge(key);
	}

	private boolean judge(String key) {
		String normalized = normalize(key);
		boolean verdict = !key.startsWith(DECISIONS) && this.words.stream().anyMatch(normalized::contains);
		if (this.verdicts.size() < MAX_VERDICTS) {
			this.verdicts.put(key, verdict);
		}
		return verdict;
	}

	// X-Api-Key, api_key and apiKey name the same secret.
	static String normalize(String key) {
		return SEPARATORS.matcher(key).replaceAll("").toLowerCase(Locale.ROOT);
	}

}
