package io.flowforge.samples.orders;

/**
 * An order that was taken.
 *
 * @param id number of the order
 * @param sku number of the article
 * @param quantity pieces ordered
 */
record Order(String id, String sku, int quantity) {

}
