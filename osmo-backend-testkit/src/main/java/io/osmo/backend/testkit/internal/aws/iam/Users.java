// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.internal.aws.iam;

import software.amazon.awssdk.services.iam.model.*;

/** Users, which nothing creates here. */
final class Users {
    private final Iam iam;

    Users(Iam iam) {
        this.iam = iam;
    }

    GetUserResponse getUser(GetUserRequest r) {
        String user = iam.planted("user", r.userName())
                .orElseThrow(() -> Iam.refuse(
                        NoSuchEntityException.builder(),
                        404,
                        "NoSuchEntity",
                        "The user with name " + r.userName() + " cannot be found."));
        return GetUserResponse.builder()
                .user(u -> u.userName(r.userName())
                        .userId("AIDAEXAMPLEEXAMPLE")
                        .path(user.substring(
                                "user".length(), user.length() - r.userName().length()))
                        .arn(iam.arn(user))
                        .createDate(iam.account.now()))
                .build();
    }
}
