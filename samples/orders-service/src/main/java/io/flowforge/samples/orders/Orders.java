package io.flowforge.samples.orders;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Component;

/**
 * The newest orders, in memory.
 */
@Component
class Orders {

	private static final int MAX_ORDERS = 10_000;

	private final Map<String, Order> orders = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Order> eldest) {
			return size() > MAX_ORDERS;
		}

	};

	synchronized Order add(String sku, int quantity) {
		Order order = new Order(UUID.randomUUID().toString(), sku, quantity);
		this.orders.put(order.id(), order);
		return order;
	}

	synchronized Optional<Order> find(String id) {
		return Optional.ofNullable(this.orders.get(id));
	}

}
