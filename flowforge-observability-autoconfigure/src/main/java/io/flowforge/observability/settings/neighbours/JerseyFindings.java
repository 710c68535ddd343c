package io.flowforge.observability.settings.neighbours;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.util.ClassUtils;

/**
 * Says what does not work for requests to Jersey. It depends on whether Spring MVC is
 * there, too, whose filter observes all requests, and on Jersey's own observations.
 */
final class JerseyFindings implements Findings {

	private static final String OBSERVATIONS = "org.glassfish.jersey.ext:jersey-micrometer";

	@Override
	public List<Finding> find() {
		boolean mvc = isPresent("org.springframework.boot.webmvc.autoconfigure.WebMvcObservationAutoConfiguration");
		boolean observed = isPresent("org.glassfish.jersey.micrometer.server.ObservationApplicationEventListener");
		return List.of(new Finding("Jersey", mvc ? besideMvc(observed) : alone(observed)));
	}

	private static String alone(boolean observed) {
		String missing = "Responses have no trace headers, there is no access log, and the container's own lines about a "
				+ "failed request have no trace id: these need Spring MVC.";
		return observed ? missing
				: """
						Requests have no spans and no metrics by route: add %s. They are counted as a whole, so that alerts about errors and \
						latency fire. %s"""
					.formatted(OBSERVATIONS, missing);
	}

	private static String besideMvc(boolean observed) {
		return observed
				? "Spring MVC observes requests to Jersey as well, so that each is counted and traced twice: remove %s."
					.formatted(OBSERVATIONS)
				: "Spring MVC observes requests to Jersey and does not know their routes: all of them are counted as UNKNOWN.";
	}

	private static boolean isPresent(String className) {
		return ClassUtils.isPresent(className, JerseyFindings.class.getClassLoader());
	}

}
