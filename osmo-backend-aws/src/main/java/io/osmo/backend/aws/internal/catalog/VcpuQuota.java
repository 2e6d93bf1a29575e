// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A quota that machines of some families count to by their vCPUs. Codes are those of <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html">on-demand</a> and <a
 * href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-spot-limits.html">spot</a> limits.
 *
 * @param family that it is named after; {@code standard} for A, C, D, H, I, M, R, T and Z
 * @param code of Service Quotas; empty when it is not known
 */
public record VcpuQuota(String family, boolean spot, String code) implements Comparable<VcpuQuota> {
    private static final String STANDARD = "standard";
    private static final Pattern FAMILY = Pattern.compile("([a-z]+)-?(\\d*).*");

    private static final Map<String, String> ON_DEMAND = Map.ofEntries(
            Map.entry(STANDARD, "L-1216C47A"),
            Map.entry("g", "L-DB2E81BA"),
            Map.entry("p", "L-417A185B"),
            Map.entry("x", "L-7295265B"),
            Map.entry("f", "L-74FC7D96"),
            Map.entry("inf", "L-1945791B"),
            Map.entry("trn", "L-2C3B7624"),
            Map.entry("dl", "L-6E869C2A"),
            Map.entry("u", "L-43DA4232"),
            Map.entry("hpc", "L-F7808C92"));

    /** Regions differ in whether newer P machines have a spot quota of their own, so none is named for them. */
    private static final Map<String, String> SPOT = Map.ofEntries(
            Map.entry(STANDARD, "L-34B43A08"),
            Map.entry("g", "L-3819A6DF"),
            Map.entry("p", "L-7212CCBC"),
            Map.entry("x", "L-E3A00192"),
            Map.entry("f", "L-88CF9481"),
            Map.entry("inf", "L-B5D1601B"),
            Map.entry("trn", "L-6B0D517C"),
            Map.entry("dl", "L-85EED4F7"));

    private static final Comparator<VcpuQuota> ORDER =
            Comparator.comparing(VcpuQuota::family).thenComparing(VcpuQuota::spot);

    private static final int LAST_SHARED_P = 4;

    public static VcpuQuota of(String instanceType, boolean spot) {
        Matcher matcher = FAMILY.matcher(instanceType);
        if (!matcher.matches()) {
            return new VcpuQuota(instanceType, spot, "");
        }
        String family = familyOf(matcher.group(1));
        boolean newer = spot && family.equals("p") && Integer.parseInt("0" + matcher.group(2)) > LAST_SHARED_P;
        String name = newer ? "p" + matcher.group(2) : family;
        return new VcpuQuota(name, spot, (spot ? SPOT : ON_DEMAND).getOrDefault(name, ""));
    }

    private static String familyOf(String letters) {
        return switch (letters) {
            case "vt", "gr" -> "g";
            case "inf", "trn", "dl", "hpc", "g", "p", "x", "f", "u" -> letters;
            default -> "acdhimrtz".indexOf(letters.charAt(0)) >= 0 ? STANDARD : letters;
        };
    }

    @Override
    public int compareTo(VcpuQuota other) {
        return ORDER.compare(this, other);
    }

    /** The quota of a code; empty when it is none of vCPUs. */
    public static Optional<VcpuQuota> ofCode(String code) {
        return Stream.concat(quotas(ON_DEMAND, false), quotas(SPOT, true))
                .filter(quota -> quota.code().equals(code))
                .findFirst();
    }

    private static Stream<VcpuQuota> quotas(Map<String, String> codes, boolean spot) {
        return codes.entrySet().stream().map(each -> new VcpuQuota(each.getKey(), spot, each.getValue()));
    }

    /** What it counts, in words. */
    public String what() {
        return "vCPUs of " + (spot ? "spot" : "on-demand") + " " + family + " machines";
    }

    @Override
    public String toString() {
        return what() + (code.isEmpty() ? "" : ", " + code);
    }
}
