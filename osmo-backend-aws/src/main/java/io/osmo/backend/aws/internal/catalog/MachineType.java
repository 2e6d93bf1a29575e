// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;
import software.amazon.awssdk.services.ec2.model.NetworkInfo;

/**
 * The properties of an instance type that a backend depends on.
 *
 * @param memoryMib memory as sold, in MiB
 * @param nvidiaGpus NVIDIA GPUs of one machine
 * @param gpu their model and memory, such as {@code A100, 40960 MiB}; empty without any
 * @param otherAccelerators GPUs of other vendors, Inferentia and Trainium devices; no supported image type has drivers for them
 * @param arm whether the processor is Arm; otherwise x86-64
 * @param networkCards network cards by index, at least one
 * @param efaInterfaces Elastic Fabric Adapters at most; 0 without support
 * @param generation what EC2 says of its generation; EC2 names no day on which a type is no longer sold
 * @param addressesPerInterface IPv4 addresses per interface, including its primary one; 0 if EC2 does not say
 */
public record MachineType(
        String name,
        int vcpus,
        long memoryMib,
        int nvidiaGpus,
        String gpu,
        int otherAccelerators,
        boolean arm,
        List<NetworkCard> networkCards,
        int efaInterfaces,
        Generation generation,
        int addressesPerInterface) {
    /** {@code currentGeneration} of EC2's DescribeInstanceTypes. */
    public enum Generation {
        CURRENT,
        /** Sold and supported, but no longer recommended. */
        PREVIOUS,
        NOT_TOLD;

        static Generation of(@Nullable Boolean current) {
            return current == null ? NOT_TOLD : current ? CURRENT : PREVIOUS;
        }
    }

    /** Interfaces of a network card if EC2 does not say how many it supports. */
    private static final int USUAL_INTERFACES = 2;

    /**
     * A network card.
     *
     * @param interfaces how many interfaces it takes
     */
    public record NetworkCard(int index, int interfaces) {}

    public MachineType {
        networkCards = List.copyOf(networkCards);
    }

    public static MachineType of(InstanceTypeInfo info) {
        int nvidia = 0;
        String model = "";
        int others = 0;
        if (info.gpuInfo() != null) {
            for (GpuDeviceInfo gpu : info.gpuInfo().gpus()) {
                if ("NVIDIA".equalsIgnoreCase(gpu.manufacturer())) {
                    nvidia += gpu.count();
                    model = model(gpu);
                } else {
                    others += gpu.count();
                }
            }
        }
        if (info.neuronInfo() != null) {
            others += info.neuronInfo().neuronDevices().stream()
                    .mapToInt(device -> device.count())
                    .sum();
        }
        boolean arm = info.processorInfo() != null
                && info.processorInfo().supportedArchitectures().contains(ArchitectureType.ARM64);
        return new MachineType(
                info.instanceTypeAsString(),
                info.vCpuInfo().defaultVCpus(),
                info.memoryInfo().sizeInMiB(),
                nvidia,
                model,
                others,
                arm,
                networkCards(info.networkInfo()),
                efaInterfaces(info),
                Generation.of(info.currentGeneration()),
                addressesPerInterface(info.networkInfo()));
    }

    private static String model(GpuDeviceInfo gpu) {
        Integer memory = gpu.memoryInfo() == null ? null : gpu.memoryInfo().sizeInMiB();
        return memory == null ? gpu.name() : gpu.name() + ", " + memory + " MiB";
    }

    private static List<NetworkCard> networkCards(@Nullable NetworkInfo network) {
        if (network != null && !network.networkCards().isEmpty()) {
            return network.networkCards().stream()
                    .map(card -> new NetworkCard(
                            card.networkCardIndex(),
                            card.maximumNetworkInterfaces() == null
                                    ? USUAL_INTERFACES
                                    : card.maximumNetworkInterfaces()))
                    .sorted(Comparator.comparingInt(NetworkCard::index))
                    .toList();
        }
        int cards = network == null || network.maximumNetworkCards() == null ? 1 : network.maximumNetworkCards();
        return IntStream.range(0, Math.max(1, cards))
                .mapToObj(index -> new NetworkCard(index, USUAL_INTERFACES))
                .toList();
    }

    private static int addressesPerInterface(@Nullable NetworkInfo network) {
        return network == null || network.ipv4AddressesPerInterface() == null ? 0 : network.ipv4AddressesPerInterface();
    }

    private static int efaInterfaces(InstanceTypeInfo info) {
        if (info.networkInfo() == null
                || info.networkInfo().efaInfo() == null
                || !Boolean.TRUE.equals(info.networkInfo().efaSupported())) {
            return 0;
        }
        Integer most = info.networkInfo().efaInfo().maximumEfaInterfaces();
        return most == null ? 0 : most;
    }

    /** Architecture in the spelling of Kubernetes' label {@code kubernetes.io/arch}. */
    public String architecture() {
        return arm ? "arm64" : "amd64";
    }
}
