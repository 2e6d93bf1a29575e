// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.pool;

import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.aws.internal.catalog.ImageType;
import io.osmo.backend.aws.internal.catalog.MachineType;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.cluster.GpuStack;
import io.osmo.backend.cluster.GpuStack.Owner;
import io.osmo.backend.cluster.GpuStack.Part;
import io.osmo.backend.spec.PoolRole;
import java.util.Optional;

/**
 * Who brings the software of GPU nodes on EKS, and the image type that follows from it: both the image of a node group and the values of
 * charts come from here.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-optimized-ami.html">NVIDIA images: driver and toolkit</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/ml-eks-k8s-device-plugin.html">Bottlerocket: the device plugin too</a>
 */
public final class EksGpuStack {
    /** What GPU nodes come with unless the settings name an image. */
    private static final GpuStack USUAL = GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT);

    private EksGpuStack() {}

    /** What the GPU nodes of a backend come with. */
    static Fact<GpuStack> of(EksSettings settings) {
        return settings.amiType(PoolRole.GPU).map(EksGpuStack::of).orElseGet(() -> Fact.of(USUAL));
    }

    /** By the type of an image, as a node group has it; what is in a custom image is not known. */
    public static Fact<GpuStack> of(String imageType) {
        if (imageType.equals("CUSTOM")) {
            return Fact.unknown("the node group uses a custom image");
        }
        if (!ImageType.hasDriver(imageType)) {
            return Fact.of(GpuStack.ofOperator());
        }
        return Fact.of(
                ImageType.isBottlerocket(imageType)
                        ? GpuStack.of(Owner.NODE_IMAGE, Part.DRIVER, Part.TOOLKIT, Part.DEVICE_PLUGIN)
                        : USUAL);
    }

    /** The image type of a pool: the one of the settings, else AL2023 with what the image has to bring. */
    static String imageType(PoolRole role, EksSettings settings, Optional<MachineType> machine) {
        boolean driver = role == PoolRole.GPU
                && of(settings)
                        .known()
                        .filter(stack -> stack.owner(Part.DRIVER) == Owner.NODE_IMAGE)
                        .isPresent();
        return settings.amiType(role).orElseGet(() -> ImageType.amazonLinux(driver, machine));
    }
}
