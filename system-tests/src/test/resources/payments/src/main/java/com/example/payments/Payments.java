package com.example.payments;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * A service of somebody who has just read the README. It fails when it is told to.
 */
@SpringBootApplication
@RestController
public class Payments {

	private volatile boolean broken;

	public static void main(String[] arguments) {
		SpringApplication.run(Payments.class, arguments);
	}

	@PutMapping("/broken")
	void setBroken(@RequestBody String broken) {
		this.broken = Boolean.parseBoolean(broken);
	}

	@GetMapping("/pay")
	String pay() {
		if (this.broken) {
			throw new IllegalStateException("The bank does not answer");
		}
		return "paid";
	}

}
