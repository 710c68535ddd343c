package io.flowforge.observability.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.flowforge.observability.Finding;
import io.flowforge.observability.Findings;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Finds the service's own beans in place of default ones, and says what no longer works
 * because of them. They are found by type, without creating any bean.
 * <p>
 * Internal: public only for the other packages of this library.
 *
 * @since 0.1.0
 */
public final class ReplacedBeanFindings implements Findings {

	private final ListableBeanFactory beanFactory;

	private final List<DefaultBean> defaults = new ArrayList<>();

	/**
	 * Create an instance that finds nothing yet.
	 * @param beanFactory the beans of the service
	 */
	public ReplacedBeanFindings(ListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	/**
	 * Add a default bean, of this library or of Spring Boot.
	 * @param name the name of the default bean
	 * @param type the type of the beans that replace it
	 * @param loss what does not work with another bean of that type, as a sentence
	 * @return this instance
	 */
	public ReplacedBeanFindings add(String name, Class<?> type, String loss) {
		return add(name, ResolvableType.forClass(type), loss);
	}

	/**
	 * Add a default bean, of this library or of Spring Boot.
	 * @param name the name of the default bean
	 * @param type the type of the beans that replace it
	 * @param loss what does not work with another bean of that type, as a sentence
	 * @return this instance
	 */
	public ReplacedBeanFindings add(String name, ResolvableType type, String loss) {
		this.defaults.add(new DefaultBean(name, type, loss));
		return this;
	}

	@Override
	public List<Finding> find() {
		return this.defaults.stream().flatMap(this::find).toList();
	}

	private Stream<Finding> find(DefaultBean bean) {
		return Stream.of(this.beanFactory.getBeanNamesForType(bean.type(), true, false))
			.filter((name) -> !name.equals(bean.name()))
			.map((name) -> new Finding(name, "This bean is the service's own %s. %s"
				.formatted(bean.type().toClass().getSimpleName(), bean.loss())));
	}

	private record DefaultBean(String name, ResolvableType type, String loss) {

	}

}
