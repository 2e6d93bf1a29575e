// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.catalog;

import io.osmo.backend.aws.internal.AwsContext;
import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.Fact;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.spi.provider.Futures;
import io.osmo.backend.spi.provider.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.eks.model.Nodegroup;

/**
 * The newest releases of node images, by the public parameters of Systems Manager that name them; an attachment.
 *
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html">EKS: retrieve recommended Amazon Linux AMI
 *     IDs</a>
 * @see <a href="https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html">EKS: retrieve recommended
 *     Bottlerocket AMI IDs</a>
 */
public record NewestImages(Map<String, String> byParameter) {
    /** Most names in one request. */
    private static final int PAGE = 10;

    public NewestImages {
        byParameter = Map.copyOf(byParameter);
    }

    /** The newest release for a version of Kubernetes on an image type; empty when it is not known. */
    Optional<String> of(KubernetesVersion version, String imageType) {
        return parameter(version, imageType).flatMap(name -> Optional.ofNullable(byParameter.get(name)));
    }

    /** A newer release than that of a node group, of the same version. */
    public Optional<String> newer(Nodegroup group) {
        return of(KubernetesVersion.of(group.version()), group.amiTypeAsString())
                .filter(release -> group.releaseVersion() != null && !release.equals(group.releaseVersion()));
    }

    /** The release of a node group, against the newest one of its version. */
    public Fact<CloudFacts.NodeImage> image(Nodegroup group) {
        Optional<String> newest = of(KubernetesVersion.of(group.version()), group.amiTypeAsString());
        return newest.isEmpty() || group.releaseVersion() == null
                ? Fact.unknown("EKS does not name the newest release of images of type " + group.amiTypeAsString())
                : Fact.of(new CloudFacts.NodeImage(group.releaseVersion(), newer(group)));
    }

    private static Optional<String> parameter(KubernetesVersion version, String imageType) {
        boolean nvidia = imageType.contains("_NVIDIA");
        String architecture = imageType.contains("_ARM_64") ? "arm64" : "x86_64";
        if (imageType.startsWith("AL2023_")) {
            return Optional.of("/aws/service/eks/optimized-ami/" + version + "/amazon-linux-2023/" + architecture + "/"
                    + (nvidia ? "nvidia" : "standard") + "/recommended/release_version");
        }
        return imageType.startsWith("BOTTLEROCKET_") && !imageType.contains("_FIPS")
                ? Optional.of("/aws/service/bottlerocket/aws-k8s-" + version + (nvidia ? "-nvidia" : "") + "/"
                        + architecture + "/latest/image_version")
                : Optional.empty();
    }

    /** The releases that a plan knows; none without the permission to read them, which nothing else needs. */
    public static CompletableFuture<Reading> read(AwsContext context, List<Nodegroup> groups) {
        return Futures.recover(
                of(context, groups).thenApply(releases -> Reading.attachment(NewestImages.class, releases)),
                refused -> {
                    if (refused.error() == CloudError.NOT_AUTHORIZED) {
                        return Reading.empty();
                    }
                    throw refused;
                });
    }

    /** The releases that concern node groups, read once an hour. */
    public static CompletableFuture<NewestImages> of(AwsContext context, List<Nodegroup> groups) {
        Set<String> names = new TreeSet<>();
        groups.stream()
                .filter(group -> group.amiTypeAsString() != null)
                .forEach(group -> parameter(KubernetesVersion.of(group.version()), group.amiTypeAsString())
                        .ifPresent(names::add));
        return names.isEmpty()
                ? CompletableFuture.completedFuture(new NewestImages(Map.of()))
                : context.cache().get(names, NewestImages.class, () -> releases(context, List.copyOf(names)));
    }

    private static CompletableFuture<NewestImages> releases(AwsContext context, List<String> names) {
        List<CompletableFuture<Map<String, String>>> pages = new ArrayList<>();
        for (int first = 0; first < names.size(); first += PAGE) {
            List<String> page = names.subList(first, Math.min(names.size(), first + PAGE));
            pages.add(context.async("ssm:GetParameters", () -> page(context, page)));
        }
        return Futures.all(pages).thenApply(found -> {
            Map<String, String> all = new HashMap<>();
            found.forEach(all::putAll);
            return new NewestImages(all);
        });
    }

    private static Map<String, String> page(AwsContext context, List<String> names) {
        Map<String, String> releases = new HashMap<>();
        context.clients()
                .ssm()
                .getParameters(r -> r.names(names))
                .parameters()
                .forEach(parameter -> releases.put(parameter.name(), parameter.value()));
        return releases;
    }
}
