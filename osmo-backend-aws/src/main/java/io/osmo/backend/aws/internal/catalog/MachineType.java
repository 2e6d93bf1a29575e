// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import software.amazon.awssdk.services.ec2.model.ArchitectureType;
import software.amazon.awssdk.services.ec2.model.GpuDeviceInfo;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/**
 * What matters of an instance type.
 *
 * @param memoryMib memory as sold, in MiB
 * @param nvidiaGpus NVIDIA GPUs of one machine
 * @param otherAccelerators GPUs of other makers, Inferentia and Trainium devices; no image type of ours drives them
 * @param arm whether the processor is Arm; otherwise x86-64
 * @param networkCards network cards, at least 1
 * @param efaInterfaces Elastic Fabric Adapters at most; 0 without support
 */
public record MachineType(
        String name,
        int vcpus,
        long memoryMib,
        int nvidiaGpus,
        int otherAccelerators,
        boolean arm,
        int networkCards,
        int efaInterfaces) {
    public static MachineType of(InstanceTypeInfo info) {
        int nvidia = 0;
        int others = 0;
        if (info.gpuInfo() != null) {
            for (GpuDeviceInfo gpu : info.gpuInfo().gpus()) {
                if ("NVIDIA".equalsIgnoreCase(gpu.manufacturer())) {
                    nvidia += gpu.count();
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
        Integer cards = info.networkInfo() == null ? null : info.networkInfo().maximumNetworkCards();
        return new MachineType(
                info.instanceTypeAsString(),
                info.vCpuInfo().defaultVCpus(),
                info.memoryInfo().sizeInMiB(),
                nvidia,
                others,
                arm,
                cards == null ? 1 : cards,
                efaInterfaces(info));
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
