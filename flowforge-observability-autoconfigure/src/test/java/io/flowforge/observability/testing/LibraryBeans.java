package io.flowforge.observability.testing;

import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.context.ApplicationContext;

/**
 * What this library adds to an application context.
 */
public final class LibraryBeans {

	private LibraryBeans() {
	}

	/**
	 * The names of this library's beans.
	 * @param context an application context
	 * @return the names: of beans, of properties and of configuration classes
	 */
	public static List<String> in(ApplicationContext context) {
		return Stream.of(context.getBeanDefinitionNames())
			.filter((name) -> name.startsWith("flowforge")
					|| (name.startsWith("io.flowforge") && !name.startsWith("io.flowforge.observability.testing")))
			.toList();
	}

	/**
	 * What all findings say.
	 * @param context an application context
	 * @return each finding as {@code subject: message}
	 */
	public static List<String> findings(ApplicationContext context) {
		return context.getBeanProvider(Findings.class)
			.orderedStream()
			.map(Findings::find)
			.flatMap(List<Finding>::stream)
			.map((finding) -> finding.subject() + ": " + finding.message())
			.toList();
	}

}
