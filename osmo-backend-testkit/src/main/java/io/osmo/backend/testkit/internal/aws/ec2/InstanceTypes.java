// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.ec2;

import io.osmo.backend.testkit.internal.aws.AwsQuotas;
import io.osmo.backend.testkit.internal.aws.ec2.InstanceTypes.InstanceTypeFacts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceTypeHypervisor;

/**
 * Instance types that the emulated regions offer, with sizes from the EC2 documentation and {@code kubernetes/autoscaler}. Scarce
 * types are offered in few zones.
 */
public final class InstanceTypes {
    private static final Map<String, InstanceTypeFacts> ALL = new LinkedHashMap<>();

    /**
     * @param memoryGib nominal memory
     * @param gpu model as EC2 names it; null if the type has none
     * @param gpuMemoryMib memory of one GPU
     * @param quota code of the on-demand vCPU quota
     * @param zones letters of the zones that offer it
     */
    public record InstanceTypeFacts(
            String name,
            String architecture,
            int vcpus,
            int memoryGib,
            int gpus,
            @Nullable String gpu,
            int gpuMemoryMib,
            int efaInterfaces,
            int maxPods,
            String quota,
            Set<String> zones) {
        /** Interfaces and addresses of each, by the pods that these make possible: interfaces * (addresses - 1) + 2. */
        private int[] limits() {
            return switch (maxPods) {
                case 17 -> new int[] {3, 6};
                case 29 -> new int[] {3, 10};
                case 35 -> new int[] {3, 12};
                case 58 -> new int[] {4, 15};
                case 234 -> new int[] {8, 30};
                case 345 -> new int[] {7, 50};
                case 737 -> new int[] {15, 50};
                default -> throw new IllegalStateException(name + " has limits that are not known");
            };
        }

        /** Interfaces of the first network card. */
        int interfaces() {
            return limits()[0];
        }

        public int addressesPerInterface() {
            return limits()[1];
        }
    }

    /** See <a href="https://aws.amazon.com/ec2/previous-generation/">previous generation instances</a>. */
    private static final Set<String> PREVIOUS = Set.of("m4.xlarge", "p3dn.24xlarge");

    /** Others are built on the Nitro System. */
    private static final Set<String> ON_XEN = Set.of("m4.xlarge");

    private InstanceTypes() {}

    static boolean isOfPreviousGeneration(String type) {
        return PREVIOUS.contains(type);
    }

    static InstanceTypeHypervisor hypervisor(String type) {
        return ON_XEN.contains(type) ? InstanceTypeHypervisor.XEN : InstanceTypeHypervisor.NITRO;
    }

    static {
        standard("t3.medium", 2, 4, 17);
        standard("t3.large", 2, 8, 35);
        standard("m5.large", 2, 8, 29);
        standard("m5.xlarge", 4, 16, 58);
        standard("m5.2xlarge", 8, 32, 58);
        standard("m6i.large", 2, 8, 29);
        standard("m6i.xlarge", 4, 16, 58);
        standard("m6i.2xlarge", 8, 32, 58);
        standard("m6i.4xlarge", 16, 64, 234);
        standard("m7i.large", 2, 8, 29);
        standard("m7i.xlarge", 4, 16, 58);
        standard("m7i.2xlarge", 8, 32, 58);
        standard("m7i.4xlarge", 16, 64, 234);
        standard("m7i.8xlarge", 32, 128, 234);
        standard("c6i.2xlarge", 8, 16, 58);
        standard("c7i.4xlarge", 16, 32, 234);
        standard("r6i.2xlarge", 8, 64, 58);
        add("m7g.xlarge", "arm64", 4, 16, 0, null, 0, 0, 58, AwsQuotas.STANDARD_VCPUS, "abc");
        add("m7g.2xlarge", "arm64", 8, 32, 0, null, 0, 0, 58, AwsQuotas.STANDARD_VCPUS, "abc");
        gpu("g4dn.xlarge", 4, 16, 1, "T4", 15_360, 0, 29, AwsQuotas.G_VCPUS, "abc");
        gpu("g4dn.12xlarge", 48, 192, 4, "T4", 15_360, 1, 234, AwsQuotas.G_VCPUS, "abc");
        gpu("g5.xlarge", 4, 16, 1, "A10G", 22_888, 0, 58, AwsQuotas.G_VCPUS, "abc");
        gpu("g5.2xlarge", 8, 32, 1, "A10G", 22_888, 0, 58, AwsQuotas.G_VCPUS, "abc");
        gpu("g5.48xlarge", 192, 768, 8, "A10G", 22_888, 1, 345, AwsQuotas.G_VCPUS, "abc");
        gpu("g6.xlarge", 4, 16, 1, "L4", 22_888, 0, 58, AwsQuotas.G_VCPUS, "abc");
        gpu("g6.48xlarge", 192, 768, 8, "L4", 22_888, 1, 737, AwsQuotas.G_VCPUS, "abc");
        gpu("g6e.xlarge", 4, 32, 1, "L40S", 45_776, 0, 58, AwsQuotas.G_VCPUS, "abc");
        gpu("g6e.48xlarge", 192, 1536, 8, "L40S", 45_776, 4, 737, AwsQuotas.G_VCPUS, "abc");
        standard("m4.xlarge", 4, 16, 58);
        gpu("p3dn.24xlarge", 96, 768, 8, "V100", 32_768, 1, 737, AwsQuotas.P_VCPUS, "ab");
        gpu("p4d.24xlarge", 96, 1152, 8, "A100", 40_960, 4, 737, AwsQuotas.P_VCPUS, "bc");
        gpu("p4de.24xlarge", 96, 1152, 8, "A100", 81_920, 4, 737, AwsQuotas.P_VCPUS, "b");
        gpu("p5.4xlarge", 16, 256, 1, "H100", 81_920, 1, 234, AwsQuotas.P_VCPUS, "ab");
        gpu("p5.48xlarge", 192, 2048, 8, "H100", 81_920, 32, 737, AwsQuotas.P_VCPUS, "ab");
        gpu("p5en.48xlarge", 192, 2048, 8, "H200", 144_384, 16, 737, AwsQuotas.P_VCPUS, "b");
        gpu("p6-b300.48xlarge", 192, 4096, 8, "B300", 274_432, 16, 737, AwsQuotas.P_VCPUS, "c");
        gpu("p6-b200.48xlarge", 192, 2048, 8, "B200", 183_296, 8, 737, AwsQuotas.P_VCPUS, "c");
    }

    public static Optional<InstanceTypeFacts> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    static Map<String, InstanceTypeFacts> all() {
        return ALL;
    }

    public static boolean isOffered(String type, String zone) {
        return find(type)
                .filter(facts -> facts.zones().contains(zone.substring(zone.length() - 1)))
                .isPresent();
    }

    private static void standard(String name, int vcpus, int memory, int maxPods) {
        add(name, "x86_64", vcpus, memory, 0, null, 0, 0, maxPods, AwsQuotas.STANDARD_VCPUS, "abcd");
    }

    private static void gpu(
            String name,
            int vcpus,
            int memory,
            int gpus,
            String gpu,
            int gpuMemory,
            int efa,
            int maxPods,
            String quota,
            String zones) {
        add(name, "x86_64", vcpus, memory, gpus, gpu, gpuMemory, efa, maxPods, quota, zones);
    }

    private static void add(
            String name,
            String architecture,
            int vcpus,
            int memory,
            int gpus,
            @Nullable String gpu,
            int gpuMemory,
            int efa,
            int maxPods,
            String quota,
            String zones) {
        ALL.put(
                name,
                new InstanceTypeFacts(
                        name,
                        architecture,
                        vcpus,
                        memory,
                        gpus,
                        gpu,
                        gpuMemory,
                        efa,
                        maxPods,
                        quota,
                        Set.of(zones.split(""))));
    }
}
