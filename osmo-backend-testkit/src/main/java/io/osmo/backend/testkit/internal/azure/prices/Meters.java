// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.azure.prices;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmo.backend.testkit.internal.azure.compute.VmSizes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Meters with their prices in US dollars, as in eastus2 in November 2026. In addition to those that a backend uses, there are others of the
 * same machine or service.
 */
final class Meters {
    private static final String HOUR = "1 Hour";
    private static final BigDecimal SPOT = new BigDecimal("0.2");
    private static final BigDecimal WINDOWS = new BigDecimal("1.9");

    /** Machines with Linux on demand, by the hour. */
    private static final Map<String, String> MACHINES = new HashMap<>();

    static {
        machines("B2s 0.0416 D2s_v3 0.096 D4s_v3 0.192 D8s_v3 0.384 D2s_v5 0.096 D4s_v5 0.192 D8s_v5 0.384");
        machines("D16s_v5 0.768 D32s_v5 1.536 D2ds_v5 0.113 D4ds_v5 0.226 D8ds_v5 0.452 D16ds_v5 0.904");
        machines("D2as_v5 0.086 D4as_v5 0.172 D8as_v5 0.344 E4s_v5 0.252 E8s_v5 0.504 F8s_v2 0.338");
        machines("D4ps_v5 0.154 D8ps_v5 0.308 NC4as_T4_v3 0.526 NC64as_T4_v3 4.352 NV36ads_A10_v5 3.2");
        machines("NC24ads_A100_v4 3.673 NC96ads_A100_v4 14.692 NC40ads_H100_v5 6.98 NC80adis_H100_v5 13.96");
        machines("ND96asr_v4 27.197 ND96amsr_A100_v4 32.77 ND96isr_H100_v5 98.32 ND96isr_H200_v5 84.8");
    }

    private final List<ObjectNode> all = new ArrayList<>();

    private Meters() {}

    private static void machines(String sizesAndPrices) {
        String[] words = sizesAndPrices.split(" ");
        for (int i = 0; i < words.length; i += 2) {
            MACHINES.put("Standard_" + words[i], words[i + 1]);
        }
    }

    static List<ObjectNode> all(String region) {
        Meters meters = new Meters();
        MACHINES.keySet().stream()
                .filter(size -> VmSizes.find(size).isPresent())
                .sorted()
                .forEach(size -> meters.machine(region, size));
        String aks = "Azure Kubernetes Service";
        meters.add(region, aks, aks, "Standard", "Standard Uptime SLA", HOUR, "0.1");
        meters.add(region, aks, aks, "Standard", "Standard Long Term Support", HOUR, "0.6");
        meters.add("Global", "NAT Gateway", "NAT Gateway", "Standard", "Standard Gateway", HOUR, "0.045");
        meters.add("Global", "NAT Gateway", "NAT Gateway", "Standard", "Standard Data Processed", "1 GB", "0.045");
        String addresses = "IP Addresses";
        meters.add(region, "Virtual Network", addresses, "Standard", "Standard IPv4 Static Public IP", HOUR, "0.005");
        meters.add(region, "Virtual Network", addresses, "Basic", "Basic IPv4 Static Public IP", HOUR, "0.0036");
        String[] disks = {"P4 5.28", "P6 10.21", "P10 19.71", "P15 38.02", "P20 73.22", "P30 135.17", "P40 259.05"};
        for (String disk : disks) {
            String[] words = disk.split(" ");
            String sku = words[0] + " LRS";
            meters.add(region, "Storage", "Premium SSD Managed Disks", sku, sku + " Disk", "1/Month", words[1]);
            meters.add(region, "Storage", "Premium Page Blob", sku, sku + " Disk", "1/Month", "9" + words[1]);
        }
        return meters.all;
    }

    private void machine(String region, String size) {
        BigDecimal price = new BigDecimal(MACHINES.getOrDefault(size, "0"));
        String name = size.substring("Standard_".length()).replace('_', ' ');
        String product = "Virtual Machines " + name + " Series";
        machine(region, size, product, name, price);
        machine(region, size, product, name + " Spot", price.multiply(SPOT));
        machine(region, size, product, name + " Low Priority", price.multiply(SPOT));
        machine(region, size, product + " Windows", name, price.multiply(WINDOWS));
    }

    private void machine(String region, String size, String product, String sku, BigDecimal price) {
        String amount = price.setScale(4, RoundingMode.HALF_UP).toPlainString();
        add(region, "Virtual Machines", product, sku, sku, HOUR, amount).put("armSkuName", size);
    }

    private ObjectNode add(
            String region, String service, String product, String sku, String meter, String unit, String price) {
        ObjectNode item = JsonNodeFactory.instance
                .objectNode()
                .put("currencyCode", "USD")
                .put("tierMinimumUnits", 0.0)
                .put("retailPrice", new BigDecimal(price))
                .put("unitPrice", new BigDecimal(price))
                .put("armRegionName", region)
                .put("meterName", meter)
                .put("productName", product)
                .put("skuName", sku)
                .put("serviceName", service)
                .put("unitOfMeasure", unit)
                .put("type", "Consumption")
                .put("armSkuName", "");
        all.add(item);
        return item;
    }
}
