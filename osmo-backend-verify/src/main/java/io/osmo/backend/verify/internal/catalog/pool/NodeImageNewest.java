// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.pool;

import io.osmo.backend.cluster.CloudFacts;
import io.osmo.backend.cluster.CloudFacts.NodeImage;
import io.osmo.backend.verify.check.AbstractCheck;
import io.osmo.backend.verify.check.Evidence;
import io.osmo.backend.verify.check.Finding;
import io.osmo.backend.verify.check.Severity;
import io.osmo.backend.verify.internal.cloud.CloudServices;
import io.osmo.backend.verify.internal.cloud.Remedy;
import io.osmo.backend.verify.snapshot.Vantage;
import java.util.List;
import java.util.function.Predicate;

/** Newer releases of an image fix what is found in the kernel, in containerd and in the driver. */
public final class NodeImageNewest extends AbstractCheck {
    private static final Predicate<NodeImage> NEWEST = image -> image.newer().isEmpty();

    public NodeImageNewest() {
        super("pool.node-image-newest", "node images that are the cloud's newest", Severity.WARNING, Vantage.CLOUD);
    }

    @Override
    protected Finding judge(Evidence evidence) {
        return given(evidence.pools(), pools -> {
            // One pool behind is worth telling although another could not be read.
            List<CloudFacts.Pool> read = pools.stream()
                    .filter(pool -> pool.nodeImage().known().isPresent())
                    .toList();
            boolean behind = !read.stream()
                    .allMatch(pool -> pool.nodeImage().known().filter(NEWEST).isPresent());
            return eachKnown(
                    behind ? read : pools,
                    "pools",
                    CloudFacts.Pool::nodeImage,
                    NEWEST,
                    NodeImageNewest::behind,
                    "Plan and apply with nodeImages: latest, or: "
                            + CloudServices.remedy(evidence.snapshot(), Remedy.ROLL_NODE_IMAGE));
        });
    }

    private static String behind(CloudFacts.Pool pool) {
        return pool.name() + ": "
                + pool.nodeImage()
                        .known()
                        .map(image ->
                                image.release() + ", newest " + image.newer().orElse(image.release()))
                        .orElse("not read");
    }
}
