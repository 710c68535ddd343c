package io.flowforge.observability.settings.neighbours;

import java.util.List;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;
import jakarta.servlet.ServletContext;

/**
 * Says what does not work in a servlet container that the application has not started.
 */
final class ForeignContainerFindings implements Findings {

	// MockMvc's looks like the container of a WAR.
	private static final String MOCK = "org.springframework.mock.web.MockServletContext";

	private final ServletContext servletContext;

	ForeignContainerFindings(ServletContext servletContext) {
		this.servletContext = servletContext;
	}

	@Override
	public List<Finding> find() {
		if (this.servletContext.getClass().getName().equals(MOCK)) {
			return List.of();
		}
		return List.of(new Finding("WAR deployment",
				"""
						This application cannot configure the servlet container that it is deployed to: requests that the container \
						itself refuses are neither counted nor in the access log, whose events lack the size of the response, and the \
						container's own lines about a request have no trace id. Run it as an executable jar or WAR to get all of this."""));
	}

}
