// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.pricing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.Page;
import io.osmo.backend.testkit.internal.aws.AwsAccount;
import io.osmo.backend.testkit.internal.aws.AwsErrors;
import io.osmo.backend.testkit.internal.aws.AwsService;
import io.osmo.backend.testkit.internal.aws.pricing.Products.Product;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.pricing.model.*;

/**
 * The Query API of the Price List. It refuses services and attributes that it does not know, and gives pages of at most 100 products.
 *
 * @see <a href="https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_pricing_GetProducts.html">GetProducts</a>
 */
public final class PriceList extends AwsService {
    private static final int LARGEST_PAGE = 100;

    private static final Map<String, List<Product>> OF_REGIONS = new ConcurrentHashMap<>();

    public PriceList(AwsAccount account, String region) {
        super(account, region);
    }

    @Override
    public List<Object> operations() {
        return List.of(this);
    }

    GetProductsResponse getProducts(GetProductsRequest r) {
        List<Product> known = of(region)
                .filter(product -> product.service().equals(r.serviceCode()))
                .toList();
        if (known.isEmpty()) {
            throw invalid("Input Parameter: ServiceCode is invalid.");
        }
        for (Filter filter : r.filters()) {
            if (known.stream().noneMatch(product -> product.attributes().containsKey(filter.field()))) {
                throw invalid("Input Parameter: Field " + filter.field() + " is invalid.");
            }
        }
        List<String> found = products(r.filters())
                .filter(product -> product.service().equals(r.serviceCode()))
                .filter(product -> r.filters().stream().allMatch(filter -> matches(product, filter)))
                .map(PriceList::json)
                .toList();
        Page<String> page = Page.of(found, r.maxResults(), r.nextToken(), Math.min(LARGEST_PAGE, account.pageSize()));
        return GetProductsResponse.builder()
                .formatVersion("aws_v1")
                .priceList(page.items())
                .nextToken(page.next())
                .build();
    }

    /** Every endpoint has the prices of all regions of its partition. Most requests want those of one. */
    private Stream<Product> products(List<Filter> filters) {
        String partition = Region.of(region).metadata().partition().id();
        return Region.regions().stream()
                .filter(each -> !each.isGlobalRegion()
                        && each.metadata() != null
                        && each.metadata().partition().id().equals(partition))
                .filter(each -> filters.stream()
                        .filter(filter -> filter.field().equals("regionCode"))
                        .allMatch(filter -> matches(each.id(), filter)))
                .flatMap(each -> of(each.id()));
    }

    private static Stream<Product> of(String region) {
        return OF_REGIONS.computeIfAbsent(region, Products::of).stream();
    }

    private static boolean matches(Product product, Filter filter) {
        return matches(product.attributes().getOrDefault(filter.field(), ""), filter);
    }

    private static boolean matches(String actual, Filter filter) {
        List<String> values = List.of(filter.value().split(","));
        return switch (filter.type()) {
            case TERM_MATCH -> actual.equalsIgnoreCase(filter.value());
            case EQUALS -> actual.equals(filter.value());
            case CONTAINS -> actual.contains(filter.value());
            case ANY_OF -> values.contains(actual);
            case NONE_OF -> !values.contains(actual);
            default -> throw invalid("Input Parameter: Type is invalid.");
        };
    }

    private static AwsServiceException invalid(String message) {
        return AwsErrors.of(InvalidParameterException.builder(), "Pricing", 400, "InvalidParameterException", message);
    }

    private static String json(Product product) {
        String sku = UUID.nameUUIDFromBytes(product.toString().getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 16)
                .toUpperCase(Locale.ROOT);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode attributes = json.putObject("product").put("sku", sku).putObject("attributes");
        product.attributes().forEach(attributes::put);
        ObjectNode term = json.put("serviceCode", product.service())
                .putObject("terms")
                .putObject("OnDemand")
                .putObject(sku + ".JRTCKXETXF");
        term.putObject("priceDimensions")
                .putObject(sku + ".JRTCKXETXF.6YS6EN2CT7")
                .put("unit", product.unit())
                .put("beginRange", "0")
                .put("endRange", "Inf")
                .putObject("pricePerUnit")
                .put("USD", product.price());
        return json.toString();
    }
}
