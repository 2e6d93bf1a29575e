// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.gcp.billing;

import com.google.cloud.billing.v1.Category;
import com.google.cloud.billing.v1.PricingExpression;
import com.google.cloud.billing.v1.PricingExpression.TierRate;
import com.google.cloud.billing.v1.PricingInfo;
import com.google.cloud.billing.v1.Sku;
import com.google.type.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * SKUs with their names and prices of November 2026 in the Americas; elsewhere they cost a tenth more. Beside what a backend uses there is
 * what has a similar name: commitments, custom machines, sole tenancy, flex-start, and disks in two zones.
 */
final class Skus {
    private static final String COMPUTE = "Compute";
    private static final String ON_DEMAND = "OnDemand";
    private static final String PREEMPTIBLE = "Preemptible";
    private static final String HOUR = "h";
    private static final String GIB_HOUR = "GiBy.h";
    private static final String GIB_MONTH = "GiBy.mo";
    private static final BigDecimal SPOT = new BigDecimal("0.4");
    private static final BigDecimal ELSEWHERE = new BigDecimal("1.1");

    /** What SKUs call the regions: several have one together. */
    private static final Map<String, List<String>> PLACES = new TreeMap<>(Map.of(
            "Americas", List.of("us-central1", "us-east1", "us-west1"),
            "Northern Virginia", List.of("us-east4"),
            "Las Vegas", List.of("us-west4"),
            "Netherlands", List.of("europe-west4"),
            "Singapore", List.of("asia-southeast1")));

    /** Name, price of a core, and price of a GiB of memory. */
    private static final List<String> MACHINES = List.of(
            "E2 Instance|0.021811|0.002923",
            "N1 Predefined Instance|0.031611|0.004237",
            "N2 Instance|0.031611|0.004237",
            "N2D AMD Instance|0.027502|0.003686",
            "Compute optimized|0.03398|0.00455",
            "C3 Instance|0.03398|0.004",
            "C4A Arm Instance|0.0309|0.0035",
            "T2A Arm Instance|0.0278|0.0027",
            "G2 Instance|0.024988|0.002927",
            "A2 Instance|0.031611|0.004237",
            "A3 Instance|0.0266|0.0021");

    private static final List<String> GPUS = List.of(
            "Nvidia Tesla T4|0.35",
            "Nvidia Tesla V100|2.48",
            "Nvidia L4|0.560004",
            "Nvidia Tesla A100|2.933908",
            "Nvidia Tesla A100 80GB|3.92808",
            "Nvidia H100 80GB|9.796550569");

    private static final List<String> DISKS = List.of(
            "Storage PD Capacity|0.04",
            "Balanced PD Capacity|0.1",
            "SSD backed PD Capacity|0.17",
            "Hyperdisk Balanced Capacity|0.08",
            "Regional Balanced PD Capacity|0.2");

    private final Seller seller;
    private final List<Sku> all = new ArrayList<>();

    private Skus(Seller seller) {
        this.seller = seller;
    }

    static List<Sku> of(Seller seller) {
        Skus skus = new Skus(seller);
        switch (seller) {
            case COMPUTE_ENGINE -> PLACES.forEach(skus::compute);
            case KUBERNETES_ENGINE -> skus.clusters();
            case NETWORKING -> skus.nat();
        }
        return skus.all;
    }

    private void compute(String place, List<String> regions) {
        BigDecimal factor = place.equals("Americas") ? BigDecimal.ONE : ELSEWHERE;
        for (String machine : MACHINES) {
            String[] words = machine.split("\\|");
            part(words[0], "Core", "CPU", HOUR, new BigDecimal(words[1]).multiply(factor), place, regions);
            part(words[0], "Ram", "RAM", GIB_HOUR, new BigDecimal(words[2]).multiply(factor), place, regions);
        }
        for (String gpu : GPUS) {
            String[] words = gpu.split("\\|");
            BigDecimal price = new BigDecimal(words[1]).multiply(factor);
            String name = words[0] + " GPU";
            String to = " attached to ";
            String in = " running in " + place;
            add(regions, COMPUTE, "GPU", ON_DEMAND, name + in, HOUR, price);
            add(regions, COMPUTE, "GPU", PREEMPTIBLE, name + to + "Spot Preemptible VMs" + in, HOUR, spot(price));
            add(regions, COMPUTE, "GPU", ON_DEMAND, name + to + "DWS Defined Duration VMs" + in, HOUR, spot(price));
            add(regions, COMPUTE, "GPU", "Commit1Yr", "Commitment v1: " + name + in + " for 1 Year", HOUR, spot(price));
        }
        String suffix = place.equals("Americas") ? "" : " in " + place;
        for (String disk : DISKS) {
            String[] words = disk.split("\\|");
            BigDecimal price = new BigDecimal(words[1]).multiply(factor);
            add(regions, "Storage", "SSD", ON_DEMAND, words[0] + suffix, GIB_MONTH, price);
        }
        String local = "SSD backed Local Storage";
        BigDecimal price = new BigDecimal("0.08").multiply(factor);
        add(regions, "Storage", "LocalSSD", ON_DEMAND, local + suffix, GIB_MONTH, price);
        String spot = local + " attached to Spot Preemptible VMs" + suffix;
        add(regions, "Storage", "LocalSSD", PREEMPTIBLE, spot, GIB_MONTH, spot(price));
    }

    private void part(
            String machine,
            String part,
            String group,
            String unit,
            BigDecimal price,
            String place,
            List<String> regions) {
        String in = " running in " + place;
        String family = machine.replace(" Instance", "");
        add(regions, COMPUTE, group, ON_DEMAND, machine + " " + part + in, unit, price);
        add(regions, COMPUTE, group, PREEMPTIBLE, "Spot Preemptible " + machine + " " + part + in, unit, spot(price));
        add(regions, COMPUTE, group, ON_DEMAND, family + " Custom Instance " + part + in, unit, price);
        add(regions, COMPUTE, group, ON_DEMAND, family + " Sole Tenancy Instance " + part + in, unit, price);
        add(regions, COMPUTE, group, ON_DEMAND, "DWS Defined Duration " + family + " " + part + in, unit, price);
        String commitment = "Commitment v1: " + family + " " + part + " in " + place + " for 1 Year";
        add(regions, COMPUTE, group, "Commit1Yr", commitment, unit, spot(price));
    }

    private void clusters() {
        BigDecimal price = new BigDecimal("0.1");
        for (String kind : List.of("Zonal", "Regional", "Autopilot")) {
            add(List.of("global"), COMPUTE, "GKE", ON_DEMAND, kind + " Kubernetes Clusters", HOUR, price);
        }
    }

    private void nat() {
        String name = "Networking Cloud ";
        List<String> global = List.of("global");
        add(global, "Network", "NAT", ON_DEMAND, name + "Nat Gateway Uptime", HOUR, new BigDecimal("0.0014"));
        add(global, "Network", "NAT", ON_DEMAND, name + "Nat Data Processing", "GiBy", new BigDecimal("0.045"));
        add(global, "Network", "IpAddress", ON_DEMAND, name + "NAT IP Usage", HOUR, new BigDecimal("0.005"));
    }

    private static BigDecimal spot(BigDecimal price) {
        return price.multiply(SPOT);
    }

    private void add(
            List<String> regions,
            String family,
            String group,
            String usage,
            String description,
            String unit,
            BigDecimal price) {
        String id = String.format(Locale.ROOT, "%04X-%08X", all.size(), (seller.id() + description).hashCode());
        PricingExpression.Builder pricing = PricingExpression.newBuilder().setUsageUnit(unit);
        if (description.startsWith("Storage PD Capacity")) {
            // The first 30 GiB are free.
            pricing.addTieredRates(TierRate.newBuilder().setUnitPrice(money(BigDecimal.ZERO)));
            pricing.addTieredRates(TierRate.newBuilder().setStartUsageAmount(30).setUnitPrice(money(price)));
        } else {
            pricing.addTieredRates(TierRate.newBuilder().setUnitPrice(money(price)));
        }
        all.add(Sku.newBuilder()
                .setName("services/" + seller.id() + "/skus/" + id)
                .setSkuId(id)
                .setDescription(description)
                .setCategory(Category.newBuilder()
                        .setServiceDisplayName(seller.displayName())
                        .setResourceFamily(family)
                        .setResourceGroup(group)
                        .setUsageType(usage))
                .addAllServiceRegions(regions)
                .addPricingInfo(PricingInfo.newBuilder().setPricingExpression(pricing))
                .setServiceProviderName("Google")
                .build());
    }

    private static Money money(BigDecimal price) {
        BigDecimal nanos = price.setScale(9, RoundingMode.HALF_UP).movePointRight(9);
        long billion = 1_000_000_000L;
        return Money.newBuilder()
                .setCurrencyCode("USD")
                .setUnits(nanos.longValueExact() / billion)
                .setNanos((int) (nanos.longValueExact() % billion))
                .build();
    }
}
