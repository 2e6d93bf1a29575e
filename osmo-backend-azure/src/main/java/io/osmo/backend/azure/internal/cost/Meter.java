// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.azure.internal.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * A meter other than those of virtual machines.
 *
 * @param global whether its price is the same in all regions, and is listed under none
 */
record Meter(String service, String name, boolean global) implements Comparable<Meter> {
    static final Meter CONTROL_PLANE = new Meter("Azure Kubernetes Service", "Standard Uptime SLA", false);
    static final Meter NAT_GATEWAY = new Meter("NAT Gateway", "Standard Gateway", true);
    static final Meter ADDRESS = new Meter("Virtual Network", "Standard IPv4 Static Public IP", false);

    private static final String STORAGE = "Storage";
    private static final String DISK = " LRS Disk";
    private static final String VM = "vm/";
    private static final String SPOT = "spot/";

    /** Premium SSD by size in GiB: P4 has 32, and each next one twice as much. */
    private static final List<String> DISKS = List.of("P4", "P6", "P10", "P15", "P20", "P30", "P40", "P50");

    private static final int SMALLEST_DISK = 32;

    /**
     * Premium SSD, billed by the next larger size.
     *
     * @see <a href="https://learn.microsoft.com/azure/virtual-machines/disks-types">Azure: disk types</a>
     */
    static Meter disk(int gib) {
        int size = SMALLEST_DISK;
        int index = 0;
        while (size < gib && index < DISKS.size() - 1) {
            size *= 2;
            index++;
        }
        return new Meter(STORAGE, DISKS.get(index) + DISK, false);
    }

    /** Its code in a price book. */
    String code() {
        return service + "/" + name;
    }

    static String machine(String size, boolean spot) {
        return (spot ? SPOT : VM) + size;
    }

    /** The VM size of a code, if it is one of a machine. */
    static Optional<String> size(String code) {
        return code.startsWith(VM) || code.startsWith(SPOT)
                ? Optional.of(code.substring(code.indexOf('/') + 1))
                : Optional.empty();
    }

    static Optional<Meter> of(String code) {
        int slash = code.indexOf('/');
        String service = code.substring(0, slash);
        return size(code).isPresent()
                ? Optional.empty()
                : Optional.of(new Meter(service, code.substring(slash + 1), service.equals(NAT_GATEWAY.service())));
    }

    String filter(String region) {
        return "serviceName eq '" + service + "' and meterName eq '" + name + "' and armRegionName eq '"
                + (global ? "Global" : region) + "'";
    }

    /** The code that an item of the price list has; empty if it is another product, such as a machine with Windows. */
    static Optional<String> code(JsonNode item) {
        String service = item.path("serviceName").asText();
        String product = item.path("productName").asText();
        String sku = item.path("skuName").asText();
        if (service.equals("Virtual Machines")) {
            boolean other = product.contains("Windows") || product.contains("Cloud") || sku.endsWith(" Low Priority");
            return other
                    ? Optional.empty()
                    : Optional.of(machine(item.path("armSkuName").asText(), sku.endsWith(" Spot")));
        }
        boolean wanted = !service.equals(STORAGE) || product.equals("Premium SSD Managed Disks");
        return wanted ? Optional.of(service + "/" + item.path("meterName").asText()) : Optional.empty();
    }

    @Override
    public int compareTo(Meter other) {
        return code().compareTo(other.code());
    }
}
