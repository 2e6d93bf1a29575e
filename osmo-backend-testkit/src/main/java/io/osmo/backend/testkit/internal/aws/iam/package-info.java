/** IAM: roles and their policies. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.iam;

import org.jspecify.annotations.NullMarked;
