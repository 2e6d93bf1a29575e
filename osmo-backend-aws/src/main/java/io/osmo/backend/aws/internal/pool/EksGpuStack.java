// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;

/**
 * What node images of EKS bring to GPU nodes.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html">NVIDIA images: driver and toolkit</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html">Bottlerocket: the device plugin too</a>
 */
public final class EksGpuStack {
    private EksGpuStack() {}

    /** By the type of an image, as a node group has it; what is in a custom image is not known. */
    public static Fact<GpuStack> of(String imageType) {
        if (imageType.equals("CUSTOM")) {
            return Fact.unknown("the node group uses a custom image");
        }
        if (!imageType.contains("NVIDIA") && !imageType.contains("GPU")) {
            return Fact.of(GpuStack.ofOperator());
        }
        return Fact.of(
                imageType.startsWith("BOTTLEROCKET_")
                        ? GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT, Part.DEVICE_PLUGIN)
                        : GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT));
    }
}
