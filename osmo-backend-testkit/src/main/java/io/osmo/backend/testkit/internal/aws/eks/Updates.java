// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.eks;

import io.osmo.backend.testkit.internal.Page;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.eks.model.*;

/** Updates: one at a time for each cluster, node group or add-on. */
final class Updates {
    private final Eks eks;

    Updates(Eks eks) {
        this.eks = eks;
    }

    /**
     * Begins an update.
     *
     * @param owner cluster, or cluster and name
     * @param effect what happens when it is done
     */
    static Update begin(
            Eks eks, String owner, UpdateType type, List<UpdateParam> params, Duration duration, Runnable effect) {
        String id = eks.account.uuid().toLowerCase(Locale.ROOT);
        Update update = Update.builder()
                .id(id)
                .type(type)
                .params(params)
                .status(UpdateStatus.IN_PROGRESS)
                .createdAt(eks.account.now())
                .build();
        eks.updates.put(id, new Eks.StoredUpdate(owner, update));
        eks.account.after(duration, () -> {
            eks.updates.updateIfPresent(
                    id,
                    u -> new Eks.StoredUpdate(
                            owner,
                            u.update().toBuilder()
                                    .status(UpdateStatus.SUCCESSFUL)
                                    .build()));
            effect.run();
        });
        return update;
    }

    /** Says that the last update of an owner has failed. */
    static void fail(Eks eks, String owner, String code, String message) {
        eks.updates
                .where(u -> u.owner().equals(owner))
                .max(Comparator.comparing(u -> u.update().createdAt()))
                .ifPresent(last -> eks.updates.updateIfPresent(
                        last.update().id(),
                        u -> new Eks.StoredUpdate(
                                owner,
                                u.update().toBuilder()
                                        .status(UpdateStatus.FAILED)
                                        .errors(e -> e.errorCode(code).errorMessage(message))
                                        .build())));
    }

    static UpdateParam param(UpdateParamType type, Object value) {
        return UpdateParam.builder().type(type).value(String.valueOf(value)).build();
    }

    DescribeUpdateResponse describeUpdate(DescribeUpdateRequest r) {
        Eks.StoredUpdate found = eks.updates.get(r.updateId());
        if (!found.owner().equals(owner(r.name(), r.nodegroupName(), r.addonName()))) {
            throw EksErrors.notFound("No update found for ID: " + r.updateId());
        }
        return DescribeUpdateResponse.builder().update(found.update()).build();
    }

    ListUpdatesResponse listUpdates(ListUpdatesRequest r) {
        eks.clusters.get(r.name());
        String owner = owner(r.name(), r.nodegroupName(), r.addonName());
        Page<String> page = Page.of(
                eks.updates
                        .where(u -> u.owner().equals(owner))
                        .map(u -> u.update().id())
                        .toList(),
                r.maxResults(),
                r.nextToken(),
                eks.account.pageSize());
        return ListUpdatesResponse.builder()
                .updateIds(page.items())
                .nextToken(page.next())
                .build();
    }

    private static String owner(String cluster, @Nullable String nodeGroup, @Nullable String addon) {
        if (nodeGroup != null) {
            return cluster + "/" + nodeGroup;
        }
        return addon == null ? cluster : cluster + "/addon/" + addon;
    }
}
