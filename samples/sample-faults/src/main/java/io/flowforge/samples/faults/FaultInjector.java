package io.flowforge.samples.faults;

import java.util.concurrent.atomic.AtomicLong;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Slows requests down and makes them fail. An interceptor, not a filter, so that the
 * failing request is counted under the route and the exception that it would have in real
 * life.
 */
class FaultInjector implements HandlerInterceptor {

	private final AtomicLong requests = new AtomicLong();

	private final ApplicationEventPublisher events;

	private volatile Faults current = Faults.NONE;

	FaultInjector(ApplicationEventPublisher events) {
		this.events = events;
	}

	Faults current() {
		return this.current;
	}

	void set(Faults faults) {
		this.requests.set(0);
		this.current = faults;
		AvailabilityChangeEvent.publish(this.events, this,
				faults.draining() ? ReadinessState.REFUSING_TRAFFIC : ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
			throws InterruptedException {
		Faults faults = this.current;
		Thread.sleep(faults.latency().toMillis());
		if (isNextToFail(faults.errorRatio())) {
			throw new InjectedFaultException(request.getMethod() + " " + request.getRequestURI());
		}
		return true;
	}

	// Evenly spread (0.2 is every fifth request) and not drawn at random, so that ten
	// requests are enough to see the ratio.
	private boolean isNextToFail(double ratio) {
		long request = this.requests.incrementAndGet();
		return Math.floor(request * ratio) > Math.floor((request - 1) * ratio);
	}

}
