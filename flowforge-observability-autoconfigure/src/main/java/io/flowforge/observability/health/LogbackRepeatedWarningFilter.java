package io.flowforge.observability.health;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Has Logback drop what an indicator warns of while it is asked again.
 */
final class LogbackRepeatedWarningFilter extends TurboFilter implements RepeatedWarningFilter {

	private final ThreadLocal<String> askedAgain = new ThreadLocal<>();

	@Override
	public @Nullable Health ask(HealthIndicator indicator) {
		this.askedAgain.set(indicator.getClass().getName());
		try {
			return indicator.health();
		}
		finally {
			this.askedAgain.remove();
		}
	}

	@Override
	public void activate(boolean active) {
		// Another logging library may be bound although Logback's classes are there.
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			if (active) {
				context.getTurboFilterList().addIfAbsent(this);
			}
			else {
				context.getTurboFilterList().remove(this);
			}
		}
	}

	@Override
	public FilterReply decide(@Nullable Marker marker, Logger logger, Level level, @Nullable String format,
			Object @Nullable [] params, @Nullable Throwable throwable) {
		return (level == Level.WARN && logger.getName().equals(this.askedAgain.get())) ? FilterReply.DENY
				: FilterReply.NEUTRAL;
	}

}
