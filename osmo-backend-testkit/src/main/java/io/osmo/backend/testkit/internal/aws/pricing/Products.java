// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Products of one region with their prices in US dollars, as the Price List had them for us-west-2 in November 2026. In addition to those
 * that a backend uses, there are others with the same instance type or nearly the same usage type.
 */
final class Products {
    private static final Pattern REGION = Pattern.compile("([a-z]{2})-([a-z]+)-(\\d)");

    /** Machines with Linux on demand, by the hour. */
    private static final Map<String, String> MACHINES = new HashMap<>();

    static {
        machines("t3.medium 0.0416 t3.large 0.0832 m5.large 0.096 m5.xlarge 0.192 m5.2xlarge 0.384");
        machines("m6i.large 0.096 m6i.xlarge 0.192 m6i.2xlarge 0.384 m6i.4xlarge 0.768");
        machines("m7i.large 0.1008 m7i.xlarge 0.2016 m7i.2xlarge 0.4032 m7i.4xlarge 0.8064 m7i.8xlarge 1.6128");
        machines("c6i.2xlarge 0.34 c7i.4xlarge 0.714 r6i.2xlarge 0.504 m7g.xlarge 0.1632 m7g.2xlarge 0.3264");
        machines("g4dn.xlarge 0.526 g4dn.12xlarge 3.912 g5.xlarge 1.006 g5.2xlarge 1.212 g5.48xlarge 16.288");
        machines("g6.xlarge 0.8048 g6.48xlarge 13.3504 g6e.xlarge 1.861 g6e.48xlarge 30.13118");
        machines("p4d.24xlarge 21.957642 p4de.24xlarge 27.44705 p5.4xlarge 6.88 p5.48xlarge 55.04");
        machines("p5en.48xlarge 63.296 p6-b200.48xlarge 113.9328 p6-b300.48xlarge 142.416");
    }

    private static final String FREE = "0.0000000000";

    private final String region;
    private final List<Product> all = new ArrayList<>();

    private Products(String region) {
        this.region = region;
    }

    /**
     * @param attributes by which products are selected
     * @param unit of which the price is
     */
    record Product(String service, Map<String, String> attributes, String unit, String price) {}

    private static void machines(String typesAndPrices) {
        String[] words = typesAndPrices.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            MACHINES.put(words[i], words[i + 1]);
        }
    }

    static List<Product> of(String region) {
        Products products = new Products(region);
        MACHINES.keySet().stream().sorted().forEach(products::machine);
        products.add("AmazonEKS", "AmazonEKS-Hours:perCluster", "Hours", "0.1000000000");
        products.add("AmazonEKS", "AmazonEKS-Hours:extendedSupport", "Hours", "0.5000000000");
        products.add("AmazonEC2", "NatGateway-Hours", "Hrs", "0.0450000000");
        products.add("AmazonEC2", "RegionalNatGateway-Hours", "Hrs", "0.0450000000");
        products.add("AmazonEC2", "NatGateway-Bytes", "GB", "0.0450000000");
        products.add("AmazonEC2", "EBS:VolumeUsage.gp3", "GB-Mo", "0.0800000000");
        products.add("AmazonEC2", "EBS:VolumeUsage.gp2", "GB-Mo", "0.1000000000");
        products.add("AmazonVPC", "PublicIPv4:InUseAddress", "Hrs", "0.0050000000");
        products.add("AmazonVPC", "PublicIPv4:IdleAddress", "Hrs", "0.0050000000");
        products.add("AmazonVPC", "VpcEndpoint-Hours", "Hrs", "0.0100000000");
        products.add("AmazonVPC", "VpcEndpoint-GWLBE-Hours", "Hrs", "0.0100000000");
        return products.all;
    }

    private void machine(String type) {
        String price = MACHINES.getOrDefault(type, FREE);
        machine("BoxUsage:" + type, type, "Linux", "Shared", "Used", price);
        machine("Reservation:" + type, type, "Linux", "Shared", "AllocatedCapacityReservation", FREE);
        machine("UnusedBox:" + type, type, "Linux", "Shared", "UnusedCapacityReservation", price);
        machine("DedicatedUsage:" + type, type, "Linux", "Dedicated", "Used", price + "9");
        machine("BoxUsage:" + type, type, "Windows", "Shared", "Used", "9" + price);
    }

    private void machine(String usage, String type, String system, String tenancy, String capacity, String price) {
        Map<String, String> attributes = attributes(usage);
        attributes.put("instanceType", type);
        attributes.put("operatingSystem", system);
        attributes.put("tenancy", tenancy);
        attributes.put("preInstalledSw", "NA");
        attributes.put("capacitystatus", capacity);
        all.add(new Product("AmazonEC2", attributes, "Hrs", price));
    }

    private void add(String service, String usage, String unit, String price) {
        all.add(new Product(service, attributes(usage), unit, price));
    }

    private Map<String, String> attributes(String usage) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("regionCode", region);
        attributes.put("locationType", "AWS Region");
        attributes.put("usagetype", abbreviation() + usage);
        return attributes;
    }

    /** Such as {@code USW2-}; the oldest region has none. */
    private String abbreviation() {
        Matcher parts = REGION.matcher(region);
        return region.equals("us-east-1") || !parts.matches()
                ? ""
                : (parts.group(1) + parts.group(2).charAt(0) + parts.group(3)).toUpperCase(Locale.ROOT) + "-";
    }
}
