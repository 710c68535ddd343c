package io.flowforge.samples.inventory;

/**
 * How much there is of one article.
 *
 * @param sku number of the article
 * @param available pieces in stock
 */
record Stock(String sku, int available) {

}
