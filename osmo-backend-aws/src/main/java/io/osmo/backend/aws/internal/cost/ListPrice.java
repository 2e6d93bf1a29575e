// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.cost;

import io.osmo.backend.spi.provider.cost.PriceBook;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/**
 * One product that is billed by its own hour or month.
 *
 * @param service as the Price List names it
 * @param usage the usage type; that of most regions begins with the region's abbreviation and a hyphen
 */
record ListPrice(String service, String usage) {
    static final ListPrice CLUSTER = new ListPrice("AmazonEKS", "AmazonEKS-Hours:perCluster");
    static final ListPrice NAT_GATEWAY = new ListPrice("AmazonEC2", "NatGateway-Hours");
    static final ListPrice DISK = new ListPrice("AmazonEC2", "EBS:VolumeUsage.gp3");
    static final ListPrice ADDRESS = new ListPrice("AmazonVPC", "PublicIPv4:InUseAddress");
    static final ListPrice ENDPOINT = new ListPrice("AmazonVPC", "VpcEndpoint-Hours");

    private static final String MACHINE = "BoxUsage:";

    /** Machines on demand, with Linux and on shared hardware. */
    static ListPrice machine(String type) {
        return new ListPrice("AmazonEC2", MACHINE + type);
    }

    /** The instance type, if it is the price of one. */
    Optional<String> machine() {
        return usage.startsWith(MACHINE) ? Optional.of(usage.substring(MACHINE.length())) : Optional.empty();
    }

    /** Its code in a price book. */
    String code() {
        return service + "/" + usage;
    }

    static ListPrice of(String code) {
        int slash = code.indexOf('/');
        return new ListPrice(code.substring(0, slash), code.substring(slash + 1));
    }

    /** Whether a usage type is this one, in whatever region. */
    boolean matches(String usageType) {
        return usageType.equals(usage) || usageType.endsWith("-" + usage);
    }

    /** The price for an hour, of one with a unit of the Price List. */
    static Optional<BigDecimal> hourly(BigDecimal price, String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "hrs", "hours", "hour" -> Optional.of(price);
            case "gb-mo", "gb-month" -> Optional.of(PriceBook.hourOf(price));
            default -> Optional.empty();
        };
    }
}
