package dev.symbolon.policy.opa;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The body of an answer, up to so many bytes; more of it fails. */
final class LimitedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> body = BodySubscribers.ofByteArray();
    private long left;
    private @Nullable Subscription subscription;

    LimitedBody(int most) {
        this.left = most;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        body.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        left -= buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (left >= 0) {
            body.onNext(buffers);
        } else if (subscription != null) {
            subscription.cancel();
            body.onError(new IOException("the answer is too long"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        body.onError(failure);
    }

    @Override
    public void onComplete() {
        body.onComplete();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return body.getBody();
    }
}
