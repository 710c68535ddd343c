package io.flowforge.observability.redaction;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

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

	// Code has a few hundred keys at most; those that callers make up have no end.
	private static final int MAX_VERDICTS = 1000;

	// Arrays, since an iterator over a list is an object.
	private final KeyPattern[] words;

	private final KeyPattern[] urlParameters;

	private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

	private SecretKeys(RedactionProperties properties) {
		this.words = properties.keys().stream().map(KeyPattern::ofWord).toArray(KeyPattern[]::new);
		this.urlParameters = properties.urlParameters().stream().map(KeyPattern::ofKey).toArray(KeyPattern[]::new);
	}

	/**
	 * The secret keys of a service. Unusable ones are not refused here, where it may be
	 * too early to say why: until the check of all settings does, the default holds.
	 * @param environment the environment of the service
	 * @return the keys that {@code flowforge.observability.redaction} describes
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
		boolean verdict = !key.startsWith(DECISIONS) && hasWord(key, 0, key.length());
		if (this.verdicts.size() < MAX_VERDICTS) {
			this.verdicts.put(key, verdict);
		}
		return verdict;
	}

	/**
	 * Whether the value of a parameter of a URL must not leave the service.
	 * @param text the text with the decoded name of the parameter
	 * @param start where the name begins
	 * @param end where it ends
	 * @return whether it looks like that of a secret
	 */
	boolean matchesUrlParameter(String text, int start, int end) {
		if (hasWord(text, start, end)) {
			return true;
		}
		for (KeyPattern parameter : this.urlParameters) {
			if (parameter.matches(text, start, end)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Whether nothing is to be redacted.
	 * @return whether there are no words that mark a key as secret
	 */
	boolean isEmpty() {
		return this.words.length == 0;
	}

	private boolean hasWord(String text, int start, int end) {
		for (int position = start; position < end; position++) {
			char first = Character.toLowerCase(text.charAt(position));
			for (KeyPattern word : this.words) {
				if (word.startsWith(first) && word.isAt(text, position, end)) {
					return true;
				}
			}
		}
		return false;
	}

}
