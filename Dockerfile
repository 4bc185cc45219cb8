# Symbolon in a container. Any build image with Maven and a JDK from 17 on will do, and any Debian- or Ubuntu-based
# runtime image with a Java from 17 on (bash and useradd are all that is asked of it):
#   docker build --build-arg RUNTIME_IMAGE=eclipse-temurin:17-jre -t symbolon .
ARG BUILD_IMAGE=maven:3-eclipse-temurin-25
ARG RUNTIME_IMAGE=eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /src
COPY pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
RUN mvn -q -DskipTests package

# What the JVM learns from a short run of the jar, kept for a fast start. It is good for this very Java and jar only,
# so it is made in the runtime image, and again in every build.
FROM ${RUNTIME_IMAGE} AS training
COPY --from=build /src/target/service.jar /opt/symbolon/service.jar
COPY src/docker/train /tmp/train
RUN ["/tmp/train", "/opt/symbolon"]

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Symbolon" \
      org.opencontainers.image.description="A lightweight OAuth 2.0 authorization server" \
      org.opencontainers.image.licenses="Apache-2.0"
RUN groupadd --gid 10001 symbolon \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin symbolon \
 && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY src/docker/symbolon src/docker/healthy /usr/local/bin/
COPY --from=training /opt/symbolon /opt/symbolon

# /opt/symbolon/config/symbolon.yaml is read if it is mounted there.
WORKDIR /opt/symbolon
USER 10001:10001
ENV SYMBOLON_DATABASE_URL=jdbc:h2:file:/data/db/symbolon \
    SYMBOLON_HTTP_HOST=0.0.0.0 \
    SYMBOLON_MANAGEMENT_HOST=0.0.0.0
VOLUME /data
# Health and metrics, on 8081, are for the container's own network.
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["healthy"]

# "docker run IMAGE" serves, "docker run IMAGE client list" is a command, "docker exec CONTAINER symbolon client list" too.
ENTRYPOINT ["symbolon"]
