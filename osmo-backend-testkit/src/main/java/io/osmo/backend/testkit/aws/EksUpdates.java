// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.aws;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.eks.model.*;

/** Updates: EKS carries out one at a time for each cluster, node group or add-on. */
final class EksUpdates {
    private final AwsRegion region;

    EksUpdates(AwsRegion region) {
        this.region = region;
    }

    /**
     * Begins an update.
     *
     * @param owner cluster, or cluster and name
     * @param effect what happens when it is done
     */
    static Update begin(
            AwsRegion region,
            String owner,
            UpdateType type,
            List<UpdateParam> params,
            Duration duration,
            Runnable effect) {
        String id = region.account.uuid().toLowerCase(Locale.ROOT);
        Update update = Update.builder()
                .id(id)
                .type(type)
                .params(params)
                .status(UpdateStatus.IN_PROGRESS)
                .createdAt(region.account.now())
                .build();
        region.updates.put(id, new AwsRegion.EksUpdate(owner, update));
        region.account.after(duration, () -> {
            region.updates.updateIfPresent(
                    id,
                    u -> new AwsRegion.EksUpdate(
                            owner,
                            u.update().toBuilder()
                                    .status(UpdateStatus.SUCCESSFUL)
                                    .build()));
            effect.run();
        });
        return update;
    }

    static UpdateParam param(UpdateParamType type, Object value) {
        return UpdateParam.builder().type(type).value(String.valueOf(value)).build();
    }

    DescribeUpdateResponse describeUpdate(DescribeUpdateRequest r) {
        AwsRegion.EksUpdate found = region.updates.get(r.updateId());
        if (!found.owner().equals(owner(r.name(), r.nodegroupName(), r.addonName()))) {
            throw AwsErrors.eksNotFound("No update found for ID: " + r.updateId());
        }
        return DescribeUpdateResponse.builder().update(found.update()).build();
    }

    ListUpdatesResponse listUpdates(ListUpdatesRequest r) {
        region.clusters.get(r.name());
        String owner = owner(r.name(), r.nodegroupName(), r.addonName());
        Page<String> page = Page.of(
                region.updates
                        .where(u -> u.owner().equals(owner))
                        .map(u -> u.update().id())
                        .toList(),
                r.maxResults(),
                r.nextToken(),
                region.account.pageSize());
        return ListUpdatesResponse.builder()
                .updateIds(page.items())
                .nextToken(page.next())
                .build();
    }

    private static String owner(
            String cluster,
            @org.jspecify.annotations.Nullable String nodeGroup,
            @org.jspecify.annotations.Nullable String addon) {
        if (nodeGroup != null) {
            return cluster + "/" + nodeGroup;
        }
        return addon == null ? cluster : cluster + "/addon/" + addon;
    }
}
