// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Instance types of one cloud. */
public final class MachineTypes {
    private final Predicate<String> gpu;
    private final Predicate<String> burstable;
    private final Map<Integer, String> generalPurpose;

    /**
     * @param gpu regular expression of the types with NVIDIA GPUs
     * @param burstable regular expression of the types that slow down once their CPU credits are used up
     * @param generalPurpose a type to recommend, by its number of vCPU
     */
    MachineTypes(String gpu, String burstable, Map<Integer, String> generalPurpose) {
        this.gpu = Pattern.compile(gpu).asMatchPredicate();
        this.burstable = Pattern.compile(burstable).asMatchPredicate();
        this.generalPurpose = generalPurpose;
    }

    public boolean hasGpu(String type) {
        return gpu.test(type);
    }

    public boolean isBurstable(String type) {
        return burstable.test(type);
    }

    /** Continues a sentence with a general-purpose type of so many vCPU: {@code , such as TYPE}; empty where none is known. */
    public String suchAs(int cpus) {
        return Optional.ofNullable(generalPurpose.get(cpus))
                .map(type -> ", such as " + type)
                .orElse("");
    }
}
