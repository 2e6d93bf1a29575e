/** EKS: one class per collection of the service; what requests may say, what clusters and groups go through and which nodes appear are apart. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.eks;

import org.jspecify.annotations.NullMarked;
