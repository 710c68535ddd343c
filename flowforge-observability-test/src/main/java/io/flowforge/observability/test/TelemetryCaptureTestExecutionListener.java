package io.flowforge.observability.test;

import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * {@link TestExecutionListener} that empties {@link CapturedTelemetry} before each test
 * method, and before its {@code @BeforeEach} methods. The last of all listeners, so that
 * what others prepare is not captured.
 */
final class TelemetryCaptureTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public void beforeTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(CapturedTelemetry.class)
				.ifAvailable(CapturedTelemetry::clear);
		}
	}

}
