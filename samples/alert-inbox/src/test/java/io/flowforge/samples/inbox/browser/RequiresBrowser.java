package io.flowforge.samples.inbox.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test where the browser or a backend is not installed. With {@code CI=true} in
 * the environment the test fails instead: there, nobody reads what was skipped.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresBrowser.Condition.class)
@interface RequiresBrowser {

	/**
	 * Looks for the programs.
	 */
	class Condition implements ExecutionCondition, BeforeAllCallback {

		@Override
		public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
			List<String> missing = Program.missing();
			return (missing.isEmpty() || isCi()) ? ConditionEvaluationResult.enabled("All programs are there")
					: ConditionEvaluationResult.disabled(sentence(context, missing));
		}

		@Override
		public void beforeAll(ExtensionContext context) {
			List<String> missing = Program.missing();
			if (!missing.isEmpty()) {
				throw new IllegalStateException(sentence(context, missing));
			}
		}

		private static String sentence(ExtensionContext context, List<String> missing) {
			return "%s needs %s on the PATH: run stack/install --with-browser".formatted(context.getDisplayName(),
					String.join(", ", missing));
		}

		private static boolean isCi() {
			return "true".equals(System.getenv("CI"));
		}

	}

}
