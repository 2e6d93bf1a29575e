// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.gcp.internal.catalog;

import io.osmo.backend.spec.NodePool;
import io.osmo.backend.spec.PoolRole;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A machine type, and the accelerators that are attached to it. Machines of the N1 family have no accelerators of their
 * own: a spec names both as {@code n1-standard-4+nvidia-tesla-t4} or, for several, {@code n1-standard-8+2xnvidia-tesla-t4}. OSMO's
 * guide writes {@code n1-standard-4-nvidia-t4}; that is not a machine type of Google's but is accepted as well.
 *
 * @param machineType as Google names it
 * @param attached type of the attached accelerators
 * @param count number of attached accelerators
 * @param translated whether the spec uses the form of the guide
 */
public record MachineShape(String machineType, Optional<String> attached, int count, boolean translated) {
    /** What an operator pool gets that names no types. Compute Engine sells E2 machines in all regions that it has by now. */
    private static final String OPERATOR = "e2-standard-4";

    /** The same, the preferred ones first; each has 4 vCPUs, 16 GB and no GPU. */
    private static final List<String> OPERATOR_TYPES = List.of(OPERATOR, "n2-standard-4", "n2d-standard-4");

    /** See <a href="https://docs.cloud.google.com/compute/docs/gpus">GPU machine types</a>. */
    private static final Set<String> GPU_FAMILIES = Set.of("a2", "a3", "a4", "a4x", "g2", "g4");

    private static final Pattern EXPLICIT = Pattern.compile("([a-z0-9-]+)\\+(?:(\\d+)x)?(nvidia-[a-z0-9-]+)");
    private static final Pattern GUIDE = Pattern.compile("(n1-[a-z]+-\\d+)-nvidia-(?:tesla-)?([a-z0-9]+)");

    /** Accelerators that N1 machines can have, see <a href="https://cloud.google.com/compute/docs/gpus">GPU platforms</a>. */
    private static final Map<String, String> OF_N1 = Map.of(
            "t4", "nvidia-tesla-t4",
            "p4", "nvidia-tesla-p4",
            "p100", "nvidia-tesla-p100",
            "v100", "nvidia-tesla-v100");

    public static MachineShape parse(String type) {
        Matcher explicit = EXPLICIT.matcher(type);
        if (explicit.matches()) {
            int count = explicit.group(2) == null ? 1 : Integer.parseInt(explicit.group(2));
            return new MachineShape(explicit.group(1), Optional.of(explicit.group(3)), count, false);
        }
        Matcher guide = GUIDE.matcher(type);
        if (guide.matches() && OF_N1.containsKey(guide.group(2))) {
            return new MachineShape(guide.group(1), Optional.ofNullable(OF_N1.get(guide.group(2))), 1, true);
        }
        return new MachineShape(type, Optional.empty(), 0, false);
    }

    /** Types of a pool in order of preference; an operator pool without types gets {@value #OPERATOR}. */
    public static List<String> typesOf(NodePool pool) {
        return isChosen(pool) ? List.of(OPERATOR) : pool.instanceTypes();
    }

    private static boolean isChosen(NodePool pool) {
        return pool.instanceTypes().isEmpty() && pool.role() == PoolRole.OPERATOR;
    }

    /** What a new pool may get that names no types, the preferred ones first; empty if it names some. */
    public static List<List<String>> choices(NodePool pool) {
        return isChosen(pool) ? OPERATOR_TYPES.stream().map(List::of).toList() : List.of();
    }

    /** All types that a pool names, or may get. */
    static List<String> allOf(NodePool pool) {
        return isChosen(pool) ? OPERATOR_TYPES : pool.instanceTypes();
    }

    /** Family, such as {@code a3} of {@code a3-highgpu-8g}. */
    public String family() {
        int dash = machineType.indexOf('-');
        return dash < 0 ? machineType : machineType.substring(0, dash);
    }

    /**
     * Whether machines of this kind take Hyperdisk only. See <a
     * href="https://cloud.google.com/compute/docs/disks/hyperdisks#machine-type-support">machine types and disks</a>.
     */
    public boolean demandsHyperdisk() {
        return switch (family()) {
            case "c4", "c4a", "c4d", "n4", "n4a", "n4d", "x4", "m4", "h4d", "a4", "a4x", "g4" -> true;
            case "a3" -> machineType.startsWith("a3-ultragpu");
            default -> false;
        };
    }

    /** Whether all types of a pool take Hyperdisk only. */
    public static boolean demandsHyperdisk(NodePool pool) {
        return typesOf(pool).stream().allMatch(type -> parse(type).demandsHyperdisk());
    }

    /** Whether the type says that machines of this kind have GPUs: attached ones, or those of its family. */
    public boolean namesGpus() {
        return attached.isPresent() || GPU_FAMILIES.contains(family());
    }

    /** The usual type of disk for it. */
    public String diskType() {
        return demandsHyperdisk() ? "hyperdisk-balanced" : "pd-balanced";
    }
}
